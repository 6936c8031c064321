"""What a run shows: a table and a bar that live in a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from evolution_ref.history import Row

SHOWN = 8  # the latest generations in the table


class Progress:
    """The rows so far, drawn for a terminal of any width from 40 columns up."""

    def __init__(self, generations: int, console: Console) -> None:
        self.generations, self.console = generations, console
        self.rows: list[Row] = []
        self.began = time.monotonic()
        self.live: Live | None = None

    def add(self, row: Row) -> None:
        """Show a generation more."""
        self.rows.append(row)
        if self.live is not None:
            self.live.update(self._drawn())
        else:
            if len(self.rows) == 1:
                self.console.print(Text(_line("gen", "mean", "best", "retested", "left")))
            numbers = (f"{value:.1f}" for value in (row.mean, row.best, row.retested))
            self.console.print(Text(_line(str(row.generation), *numbers, f"{self.seconds_left():.0f} s")))

    def seconds_left(self) -> float:
        """Return the seconds that the generations left will take, at the pace of those so far."""
        return (time.monotonic() - self.began) / len(self.rows) * (self.generations - len(self.rows))

    def _drawn(self) -> Group:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
        for name in ("gen", "mean", "best", "re-tested"):
            table.add_column(name, justify="right", no_wrap=True)
        for row in self.rows[-SHOWN:]:
            numbers = [f"{value:.1f}" for value in (row.mean, row.best)]
            table.add_row(str(row.generation), *numbers, f"[bold green]{row.retested:.1f}[/]")
        done = len(self.rows)
        bar = Table.grid(padding=(0, 1, 0, 0))
        bar.add_row(
            ProgressBar(total=self.generations, completed=done, width=min(40, self.console.width - 22)),
            f"{done}/{self.generations}",
            f"{self.seconds_left():.0f} s left",
        )
        return Group(table, bar)


def _line(*words: str) -> str:
    return "".join(word.rjust(width) for word, width in zip(words, (4, 8, 8, 10, 8), strict=True))


@contextmanager
def progress(generations: int, console: Console) -> Iterator[Progress]:
    """Give a Progress to add rows to; in a terminal it is redrawn in place, and its last state stays."""
    shown = Progress(generations, console)
    if console.is_terminal:
        with Live(console=console, refresh_per_second=8) as shown.live:
            yield shown
    else:
        yield shown
