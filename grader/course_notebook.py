"""Makes the notebook: the prose of solutions/texts/notebook.md, with a cell to write and a cell to check a stage."""

import json
import re
from collections.abc import Iterator
from typing import Any

from .manifest import SOLUTIONS, Stage, course
from .models import answer_text
from .strip import stub_of

PROSE = SOLUTIONS / "texts" / "notebook.md"
PART = re.compile(r"^```python\n(.*?)^```$|^<!-- stage (\d) -->$", re.MULTILINE | re.DOTALL)

Cell = dict[str, Any]


def notebook(answers: bool) -> str:
    """Return the notebook as JSON text, its stages with their model answers (between markers) or as stubs."""
    cells = list(_cells(PROSE.read_text(encoding="utf-8"), answers))
    for place, cell in enumerate(cells, start=1):
        cell.setdefault("id", f"cell-{place:02}")
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    table = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(table, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def pictures() -> list[str]:
    """Return the pictures that the notebook shows, by their path from it, which is also the one from the root."""
    return re.findall(r"^!\[.*\]\((assets/\S+)\)$", PROSE.read_text(encoding="utf-8"), re.MULTILINE)


def _cells(prose: str, answers: bool) -> Iterator[Cell]:
    """Yield the cells in order: text, code, and the two of each stage."""
    start = 0
    for match in PART.finditer(prose):
        yield from _text(prose[start : match.start()])
        start = match.end()
        if match[2]:
            stage = course().stage(int(match[2]))
            yield _solution(stage, answers)
            yield _test(stage)
        else:
            yield _code(match[1])
    yield from _text(prose[start:])


def _text(text: str) -> Iterator[Cell]:
    if text.strip():
        yield {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(text: str, **more: Any) -> Cell:
    return {
        "cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": _lines(text), **more
    }  # fmt: skip


def _solution(stage: Stage, answers: bool) -> Cell:
    """Return the cell that holds a stage's file; its grade_id is the file's name without ``.py``."""
    text = answer_text(stage.number)
    body = text if answers else stub_of(text, stage.file)
    metadata = _nbgrader(stage.module, grade=False, solution=True, locked=False)
    return _code(f"%%writefile {stage.file}\n{body}", id=_id(stage.module), metadata=metadata)


def _test(stage: Stage) -> Cell:
    """Return the cell that runs a stage's visible checks and is worth its points."""
    metadata = _nbgrader(f"test_{stage.module}", grade=True, solution=False, locked=True)
    metadata["nbgrader"]["points"] = stage.points
    metadata["editable"] = False
    text = f'from kit.notebook import points\n\npoints("{stage.module}")'
    return _code(text, id=_id(f"test_{stage.module}"), metadata=metadata)


def _nbgrader(grade_id: str, **kind: bool) -> dict[str, Any]:
    return {"deletable": False, "nbgrader": {"grade_id": grade_id, "schema_version": 3, "task": False, **kind}}


def _id(grade_id: str) -> str:
    """Return a cell id that notebooks allow and that stays the same from build to build."""
    return grade_id.replace("_", "-")


def _lines(text: str) -> list[str]:
    return text.strip("\n").splitlines(keepends=True)
