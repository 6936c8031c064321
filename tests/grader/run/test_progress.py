"""The live table of a run."""

import io

import pytest
from rich.console import Console

from grader.progress import Progress


@pytest.mark.parametrize("width", [40, 100])
def test_the_live_table_fits_its_terminal_and_shows_names_as_text(width: int) -> None:
    screen = io.StringIO()
    progress = Progress(Console(file=screen, width=width, force_terminal=True, color_system=None), 12)
    for name in ("Name_12345_assignsubmission_file_of_a_long_name", "[red]bob", "\x1b[31m"):
        progress.begin(name)
    progress.graded, progress.faults = 3, 1
    progress.console.print(progress.table())
    lines = screen.getvalue().splitlines()
    assert "3 of 12 done, 1 fault of the grader" in lines[0]
    assert max(map(len, lines)) <= width
    assert all(line.endswith(" s") for line in lines[-3:]) and lines[-2].startswith("[red]bob")
    assert "\x1b" not in screen.getvalue()
