"""The table of all checks with what each is worth: ``python -m grader checks``."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from .catalogue import Check, of_stage
from .manifest import ROOT, course

NARROWEST = 100  # columns, where the output is no terminal


def table_command() -> int:
    """Print the table; return the exit status."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(width=max(NARROWEST, console.width), highlight=False)
    for stage in course().stages:
        table = Table(title=f"Stage {stage.number}: {stage.title}", box=box.SIMPLE, title_justify="left", expand=True)
        table.add_column("check", justify="right", no_wrap=True)
        table.add_column("title", ratio=1)
        table.add_column("points", justify="right", no_wrap=True)
        table.add_column("file in grader/checks", ratio=1, overflow="fold")
        for check in of_stage(stage.number):
            where = check.path.relative_to(ROOT / "grader" / "checks").as_posix()
            table.add_row(check.number, check.title, f"{check.points:g}", where)
        console.print(table)
        console.print(f"Stage {stage.number}: {in_all(of_stage(stage.number))}\n")
    console.print(f"All stages: {in_all([check for stage in course().stages for check in of_stage(stage.number)])}")
    return 0


def in_all(checks: Sequence[Check]) -> str:
    """Return how many checks these are and what they are worth, the visible ones apart."""
    seen = [check for check in checks if check.visible]
    points, visible = (sum(check.points for check in some) for some in (checks, seen))
    return f"{len(checks)} checks, {points:g} points; visible {len(seen)}, {visible:g} points"
