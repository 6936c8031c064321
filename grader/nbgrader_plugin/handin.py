"""Reads a notebook that was handed in, in whatever state, as plain cells; nothing in it is run or trusted."""

import json
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from ..submission.cells import Cell
from ..submission.files import Unreadable, read_regular
from ..submission.notebook import read_cells

PLACE, GRADE_ID = "place", "grade_id"


class HandInExporter(NotebookExporter):
    """In nbgrader's first pass, over what was handed in, makes a new notebook of its cells' texts."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Return the converted notebook and its resources."""
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources=resources, **kw)
        path = Path(filename)
        resources = {**(resources or {}), "metadata": {"path": str(path.parent), "name": path.stem}}
        notebook = new_notebook(cells=cells_of(path, self._prose(path.name)))
        return self.from_notebook_node(notebook, resources=resources, **kw)

    def _prose(self, name: str) -> frozenset[str]:
        """Return the texts of the course's own notebook."""
        course = self.parent.coursedir
        folder = course.format_path(course.source_directory, ".", self.parent.coursedir.assignment_id)
        try:
            rows = json.loads((Path(folder) / name).read_text(encoding="utf-8"))["cells"]
            return frozenset("".join(row["source"]) for row in rows if row["cell_type"] == "markdown")
        except (OSError, ValueError, KeyError, TypeError):
            return frozenset()


def cells_of(path: Path, prose: frozenset[str]) -> list[Any]:
    """Return the cells of a notebook that was handed in, or one that says why there are none.

    Args:
        path: the notebook.
        prose: the texts of the course's own Markdown cells, which stay Markdown.
    """
    try:
        return [_cell(cell, prose) for cell in read_cells(read_regular(path))]
    except Unreadable as why:
        if not path.exists():
            return [new_markdown_cell("No notebook was handed in.")]
        return [new_markdown_cell(f"The notebook that was handed in could not be read: it {why}.")]


def as_text(text: str) -> str:
    """Return Markdown that shows a text as it stands: no tag, link or formula in it means anything."""
    return "\n".join(f"    {line}" for line in text.split("\n"))


def _cell(cell: Cell, prose: frozenset[str]) -> Any:
    metadata = {PLACE: cell.place, GRADE_ID: cell.grade_id}
    text = cell.text.encode("utf-8", "replace").decode()
    if cell.code:
        return new_code_cell(text, metadata=metadata)
    return new_markdown_cell(text if text in prose else as_text(text), metadata=metadata)
