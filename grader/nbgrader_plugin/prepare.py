"""Before nbgrader autogrades: what was handed in without a notebook gets one, what changed is graded again."""

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..manifest import course
from ..submission import Found, Rejected, read_submission
from .execute import STAMP

EMPTY_NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'


def prepare(root: Path) -> None:
    """Make every submission one that nbgrader looks at, and forget the gradings of those that have changed.

    nbgrader passes over a hand-in without a notebook, and one without a timestamp.txt for ever once it was graded. An
    empty notebook counts for nothing, and a manual score stays in the gradebook.
    """
    name = course().name
    for folder in sorted(root.glob(f"submitted/*/{name}")):
        notebook = folder / f"{name}.ipynb"
        if not os.path.lexists(notebook):
            notebook.write_text(EMPTY_NOTEBOOK, encoding="utf-8")
        graded = root / "autograded" / folder.parent.name / name
        stamp = _stamp(graded / f"{name}.ipynb")
        if stamp is not None and stamp != submission_hash(folder):
            shutil.rmtree(graded, onerror=_make_writable)


def submission_hash(folder: Path) -> str:
    """Return the content hash of a hand-in, "" where it can't be read."""
    try:
        return read_submission(Found(folder.parent.name, folder)).hash
    except Rejected:
        return ""


def _stamp(notebook: Path) -> str | None:
    """Return the content hash that an autograded notebook carries, None where there is none."""
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
        return str(metadata[STAMP]["submission_hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _make_writable(function: Callable[[str], Any], path: str, _: Any) -> None:
    """Remove a file that nbgrader has made read-only."""
    os.chmod(os.path.dirname(path), stat.S_IRWXU)
    os.chmod(path, stat.S_IRWXU)
    function(path)
