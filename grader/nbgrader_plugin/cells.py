"""Lays nbgrader's cells into a hand-in: one answer and one test a stage, whatever was deleted, doubled or renamed."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from ..manifest import Stage, course
from ..results import StageResult
from ..submission.files import Unreadable, read_regular
from .handin import GRADE_ID, PLACE, as_text


class LayCells(NbGraderPreprocessor):
    """Marks the cell, or adds the file, that each stage was graded from, and puts the stage's test cell after it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with exactly one of each of nbgrader's cells, as the gradebook has them."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(names["notebook"], names["assignment"])
            points = {cell.name: cell.max_score for cell in notebook.grade_cells}
            answers = {cell.name for cell in notebook.solution_cells}
            released = {
                cell.name: _Released(
                    cell.name, cell.source, cell.cell_type, cell.checksum, cell.locked,
                    cell.name in answers, points.get(cell.name),
                )
                for cell in notebook.source_cells
            }  # fmt: skip
        result = self.parent.parent.result(names["student"])
        folder = Path(resources["metadata"]["path"])
        nb.cells = _laid(nb.cells, folder, released, {stage.number: stage for stage in result.stages})
        for place, cell in enumerate(nb.cells, start=1):
            cell.id = f"cell-{place}"
        nb.metadata = {"language_info": {"name": "python"}}
        return nb, resources


@dataclass(frozen=True)
class _Released:
    """One of nbgrader's cells as it was released."""

    name: str
    source: str
    kind: str
    checksum: str
    locked: bool
    solution: bool
    points: float | None

    def mark(self, cell: Any) -> Any:
        """Give a cell this one's metadata."""
        grader = {
            "cell_type": self.kind, "checksum": self.checksum, "grade": self.points is not None, "grade_id": self.name,
            "locked": self.locked, "schema_version": 3, "solution": self.solution, "task": False,
        }  # fmt: skip
        if self.points is not None:
            grader["points"] = self.points
        cell.metadata = {"deletable": False, "nbgrader": grader}
        return cell


def _laid(cells: list[Any], folder: Path, released: dict[str, _Released], stages: dict[int, StageResult]) -> list[Any]:
    tests = {f"test_{stage.module}" for stage in course().stages}
    own = {stage.module for stage in course().stages}
    cells = [cell for cell in cells if cell.metadata.get(GRADE_ID) not in tests]
    for stage in course().stages:
        if f"test_{stage.module}" in released:
            place = _answer(cells, stage, folder, released, stages.get(stage.number))
            cells.insert(place, released[f"test_{stage.module}"].mark(new_code_cell()))
            cells[place].source = released[f"test_{stage.module}"].source
    for name in released.keys() - tests - own:
        if released[name].solution:
            _by_hand(cells, released[name])
    for cell in cells:
        cell.metadata.pop(PLACE, None)
        cell.metadata.pop(GRADE_ID, None)
    return cells


def _answer(
    cells: list[Any], stage: Stage, folder: Path, released: dict[str, _Released], result: StageResult | None
) -> int:
    """Mark the cell that a stage was graded from, adding one for a file; return the place after it."""
    origin = result.origin if result is not None else ""
    cell = re.fullmatch(r".*\.ipynb, cell (\d+)", origin)
    if cell is not None:
        places = [k for k, other in enumerate(cells) if other.metadata.get(PLACE) == int(cell[1])]
        if not places:  # the notebook lay in an archive
            return len(cells)
        place, text = places[0], cells[places[0]].source
        if "nbgrader" in cells[place].metadata:  # another stage was graded from it too
            return place + 1
        if cells[place].cell_type != "code":
            text = "\n".join(line[4:] for line in text.split("\n"))
    elif origin:
        place, text = len(cells), f"%%writefile {stage.file}\n{_text(folder, stage)}"
        cells.append(None)
    else:
        return len(cells)
    cells[place] = new_code_cell(text, metadata=cells[place].metadata if cells[place] is not None else {})
    if stage.module in released:
        kept = cells[place].metadata.get(PLACE)
        released[stage.module].mark(cells[place])
        cells[place].metadata[PLACE] = kept
    return place + 1


def _text(folder: Path, stage: Stage) -> str:
    try:
        return read_regular(folder / stage.file).decode("utf-8", "replace")
    except Unreadable as why:  # it lay in an archive
        return f"# {stage.file} is not shown here: {why}\n"


def _by_hand(cells: list[Any], released: _Released) -> None:
    """Mark the last cell with the id of one that a person grades; where there is none, add it as it was released."""
    make = new_code_cell if released.kind == "code" else new_markdown_cell
    for cell in reversed(cells):
        if cell.metadata.get(GRADE_ID) == released.name:
            text = cell.source
            if released.kind != cell.cell_type:
                text = as_text(text) if released.kind == "markdown" else text
            place = cells.index(cell)
            cells[place] = released.mark(make(text))
            return
    cells.append(released.mark(make(released.source)))
