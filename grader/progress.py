"""What a run shows while it grades: a live table in a terminal, one plain line a submission elsewhere."""

import time
from contextlib import AbstractContextManager, nullcontext

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from .report.words import clean_name, number
from .results import SubmissionResult


class Progress:
    """Counts what is done and shows it.

    Attributes:
        total: how many submissions the run has.
        running: the names that are being graded, with the time at which each began.
        kept: how many results of an earlier call still stand.
        graded: how many were graded by this call.
        faults: how many failed by the grader's own fault.
    """

    def __init__(self, console: Console, total: int) -> None:
        self.console, self.total = console, total
        self.running: dict[str, float] = {}
        self.kept = self.graded = self.faults = 0
        self._started = time.monotonic()

    def live(self) -> AbstractContextManager[object]:
        """Return the context in which the table is shown."""
        if not self.console.is_terminal:
            return nullcontext()
        return Live(get_renderable=self.table, console=self.console, refresh_per_second=4, transient=True)

    @property
    def done(self) -> int:
        """How many submissions have their result."""
        return self.kept + self.graded

    def begin(self, name: str) -> None:
        """Note that a submission is being graded."""
        self.running[name] = time.monotonic()

    def keep(self, name: str) -> None:
        """Note that a submission's earlier result stands."""
        self.running.pop(name, None)
        self.kept += 1

    def end(self, result: SubmissionResult) -> None:
        """Note a result, and say it where there is no table or something is wrong."""
        self.running.pop(result.name, None)
        self.graded += 1
        self.faults += result.status == "failed"
        if self.console.is_terminal and result.status == "graded":
            return
        score = f"{number(result.score)} points" if result.status == "graded" else result.status
        line = f"[{self.done}/{self.total}] {clean_name(result.name)}: {score}, {result.seconds:.1f} s"
        if result.status == "rejected":
            line += f". {clean_name(result.reason)}"
        self.console.print(Text(line), soft_wrap=True)

    def seconds_left(self) -> float | None:
        """Return about how many seconds the run still takes, None before the first result."""
        if not self.graded:
            return None
        return (time.monotonic() - self._started) / self.graded * (self.total - self.done)

    def table(self) -> RenderableType:
        """Return the live table: what is done, how long it still takes, and what is being graded."""
        left = self.seconds_left()
        faults = f", {self.faults} fault{'s' if self.faults != 1 else ''} of the grader" if self.faults else ""
        words = f"{self.done} of {self.total} done{faults}" + (f", about {left:.0f} s left" if left is not None else "")
        rows = Table.grid(padding=(0, 1), expand=True)
        rows.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        rows.add_column(justify="right", no_wrap=True, min_width=6)
        rows.add_row(ProgressBar(total=max(self.total, 1), completed=self.done), f"{self.done / self.total:.0%}")
        for name, began in list(self.running.items()):
            rows.add_row(Text(clean_name(name)), f"{time.monotonic() - began:.0f} s")
        return Group(Text(words), rows)
