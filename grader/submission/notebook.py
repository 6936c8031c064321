"""A notebook's solution cells as stage files, found by their grade_id or by the functions that they define."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..kit.stub import is_stub
from ..manifest import Stage, course
from .cells import Cell
from .files import Unreadable, size
from .gather import Gathering
from .model import StageSource
from .names import NOTEBOOK
from .safe import objection

MAX_CELLS = 2000
MAX_CODE = 256 << 10  # of what may be parsed: the code cells, and the text cells with a grade_id


def read_cells(content: bytes) -> list[Cell]:
    """Return the cells of a notebook of format 3 or 4.

    Raises:
        Unreadable: it is not such a notebook; the text says why.
    """
    try:
        table = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable("is not JSON, so it is not a notebook: save it again in Jupyter") from error
    rows = _rows(table)
    if rows is None:
        raise Unreadable("is JSON, but has no list of cells: save it again in Jupyter")
    if len(rows) > MAX_CELLS:
        raise Unreadable(f"has more than {MAX_CELLS} cells")
    cells = [_cell(place, row) for place, row in enumerate(rows, start=1) if isinstance(row, dict)]
    if sum(len(cell.text) for cell in cells if cell.code or cell.grade_id) > MAX_CODE:
        raise Unreadable(f"has more than {size(MAX_CODE)} of code in its cells: delete what the stages do not need")
    return cells


def _rows(table: Any) -> list[Any] | None:
    if not isinstance(table, dict):
        return None
    if isinstance(table.get("cells"), list):
        return list(table["cells"])
    sheets = table.get("worksheets")
    if not isinstance(sheets, list):
        return None
    return [row for sheet in sheets if isinstance(sheet, dict) for row in _listed(sheet.get("cells"))]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _cell(place: int, row: dict[str, Any]) -> Cell:
    source = row.get("source", row.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source.replace("\r\n", "\n").replace("\r", "\n") if isinstance(source, str) else ""
    if objection(_encode(text)):
        text = ""
    metadata = row.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return Cell(place, row.get("cell_type") == "code", text, grade_id if isinstance(grade_id, str) else "")


@dataclass(frozen=True)
class _Candidate:
    """One cell that may hold a stage; ``rank`` orders candidates: the highest is graded."""

    cell: Cell
    rank: tuple[int, ...]
    written: str | None = None


def notebook_stages(cells: Sequence[Cell]) -> dict[int, StageSource]:
    """Return the source of each stage that a cell holds."""
    chosen = {stage: candidates[-1] for stage in course().stages if (candidates := _candidates(stage, cells))}
    return {stage.number: _source(stage, choice, cells, chosen) for stage, choice in chosen.items()}


def _candidates(stage: Stage, cells: Sequence[Cell]) -> list[_Candidate]:
    """Return the cells that may hold a stage, best last: filled before broken before stub, then by how it was found."""
    found = [
        _Candidate(cell, (_quality(stage, cell, written), 2, 0, cell.place), written)
        for cell, written in _written(stage, cells)
    ]
    for cell in cells:
        if cell.code and cell.written_file is not None:
            continue
        named = cell.grade_id == stage.module
        if not cell.code and not named:
            continue
        bound = {name for statement in cell.statements for name in (statement.root if named else statement.firm)}
        count = len(bound & set(stage.functions))
        broken = cell.parsed is None
        if count or (broken and cell.seems_to_define(stage.functions)):
            tier = (2 if cell.code else 1) if named else 0
            found.append(_Candidate(cell, (_quality(stage, cell), tier, count, cell.place)))
    return sorted(found, key=lambda candidate: candidate.rank)


def _written(stage: Stage, cells: Sequence[Cell]) -> list[tuple[Cell, str]]:
    """Return each text that ``%%writefile`` gives a stage's file, with the last cell that adds to it."""
    texts: list[tuple[Cell, str]] = []
    for cell in cells:
        file = cell.written_file if cell.code else None
        if file is not None and file[0] == stage.file:
            before = texts.pop()[1] if file[2] and texts else ""
            texts.append((cell, before + file[1]))
    return texts


def _quality(stage: Stage, cell: Cell, written: str | None = None) -> int:
    """Return 2 for a filled cell, 1 for one that does not parse, 0 for a stub."""
    text = cell.python if written is None else written
    if text is None or (written is None and cell.parsed is None):
        return 1
    return 0 if is_stub(text, stage.functions) else 2


def _source(stage: Stage, choice: _Candidate, cells: Sequence[Cell], chosen: dict[Stage, _Candidate]) -> StageSource:
    cell = choice.cell
    origin = f"{NOTEBOOK}, cell {cell.place}"
    notes: tuple[str, ...] = () if cell.code else ("The cell is marked as text; it was read as code.",)
    if choice.written is not None:
        return StageSource(_encode(choice.written), origin, notes)
    if cell.parsed is None:
        return StageSource(_encode(cell.text), origin, (*notes, "The cell is not Python that can be read."))
    same = [other for other, pick in chosen.items() if other != stage and pick.cell is cell]
    shared = frozenset(name for other in same for name in other.functions)
    usable = [other for other in cells if other is cell or (other.code and other.written_file is None)]
    gathering = Gathering(stage, cell, usable, shared)
    gathering.gather()
    text, before = gathering.text()
    return StageSource(_encode(text), origin, (*notes, *gathering.remarks(before)))


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
