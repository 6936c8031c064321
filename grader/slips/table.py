"""The table of known mistakes against the sentences that name them: ``python -m grader slips``."""

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table

from ..manifest import course
from .catalogue import slips_of

NARROWEST = 100  # columns, where the output is no terminal


def rows() -> Iterator[tuple[int, str, str, str]]:
    """Yield the stage, the name, the sentence and the thing to look at of every slip, in the order of the course."""
    for stage in course().stages:
        for slip in slips_of(stage.number):
            yield slip.stage, slip.name, slip.sentence, slip.look


def table_command() -> int:
    """Print the table; return the exit status."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=max(NARROWEST, console.width))
    for stage in course().stages:
        table = Table(title=f"Stage {stage.number}: {stage.title}", box=box.SIMPLE, title_justify="left", expand=True)
        table.add_column("slip", no_wrap=True)
        table.add_column("what it looks like", ratio=3)
        table.add_column("look at", ratio=2)
        for number, *words in rows():
            if number == stage.number:
                table.add_row(*words)
        console.print(table)
    console.print(f"{sum(1 for _ in rows())} known mistakes")
    return 0
