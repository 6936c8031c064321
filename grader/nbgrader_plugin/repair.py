"""A submitted notebook in whatever state, made one that nbgrader can go on with; nothing in it is run."""

from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator, ValidationError
from nbgrader.preprocessors import NbGraderPreprocessor


class TolerantExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert has no types
    """Reads a notebook; one that can't be read becomes an empty one that says so."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Return the converted notebook and its resources."""
        try:
            return super().from_filename(filename, resources=resources, **kw)  # type: ignore[no-any-return]
        except Exception as error:
            if getattr(error, "from_preprocessor", False):
                raise
            self.log.warning("%s cannot be read as a notebook: %s", filename, str(error)[:200])
        note = new_markdown_cell("The notebook that was handed in cannot be read as one; it stands for an empty one.")
        # the folder, the name and the date that from_filename would have given
        from pathlib import Path

        resources = {**(resources or {}), "metadata": {"path": str(Path(filename).parent), "name": Path(filename).stem}}
        return self.from_notebook_node(  # type: ignore[no-any-return]
            new_notebook(cells=[note]), resources=resources, **kw
        )


class RepairCells(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Keeps the metadata of each known solution cell, and lays every test cell afresh from the gradebook."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with exactly one of each test cell and nothing that nbgrader would refuse."""
        course_notebook = resources["nbgrader"]["notebook"], resources["nbgrader"]["assignment"]
        with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(*course_notebook)
            sources = {cell.name: cell for cell in notebook.source_cells}
            points = {cell.name: cell.max_score for cell in notebook.grade_cells}
            solutions = {cell.name for cell in notebook.solution_cells}
            tests = [_test_cell(sources[name], points[name]) for name in sources if name in points]
        nb.cells = [cell for cell in nb.cells if _grade_id(cell) not in points]
        places = _keep_known_solutions(nb.cells, solutions)
        for test in reversed(tests):
            before = _solution_of(test, list(sources), solutions)
            nb.cells.insert(places.get(before, len(nb.cells) - 1) + 1, test)
        return nb, resources


def _grade_id(cell: Any) -> str:
    metadata = cell.get("metadata", {}).get("nbgrader", {})
    return str(metadata.get("grade_id", "")) if isinstance(metadata, dict) else ""


def _keep_known_solutions(cells: list[Any], solutions: set[str]) -> dict[str, int]:
    """Drop all nbgrader metadata but that of the last valid copy of each solution cell; return where those stand."""
    places: dict[str, int] = {}
    for place in reversed(range(len(cells))):
        cell, name = cells[place], _grade_id(cells[place])
        if name in solutions and name not in places and cell.cell_type == "code" and _is_valid(cell):
            places[name] = place
        else:
            cell.get("metadata", {}).pop("nbgrader", None)
    return places


def _is_valid(cell: Any) -> bool:
    try:
        MetadataValidator().upgrade_cell_metadata(cell)
        MetadataValidator().validate_cell(cell)
    except (ValidationError, KeyError, TypeError, ValueError, AttributeError):
        return False
    return bool(cell.metadata.nbgrader.get("solution")) and not cell.metadata.nbgrader.get("grade")


def _test_cell(source: Any, points: float) -> Any:
    """Return a test cell as it was released."""
    metadata = {
        "grade": True, "grade_id": source.name, "locked": source.locked, "points": points, "schema_version": 3,
        "solution": False, "task": False, "cell_type": source.cell_type, "checksum": source.checksum,
    }  # fmt: skip
    return new_code_cell(source.source, metadata={"deletable": False, "editable": False, "nbgrader": metadata})


def _solution_of(test: Any, order: list[str], solutions: set[str]) -> str:
    """Return the solution cell that the course's notebook has last before a test cell."""
    before = order[: order.index(test.metadata.nbgrader.grade_id)]
    return next((name for name in reversed(before) if name in solutions), "")
