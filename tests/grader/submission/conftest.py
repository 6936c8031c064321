"""A submission that is a notebook."""

import json
from pathlib import Path
from typing import Any

import pytest
from notebooks import Read

from grader.submission import Found, Submission, read_submission


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes a notebook of cells, and files beside it, and reads the submission."""

    def read_cells(*cells: dict[str, Any], files: dict[str, str] | None = None) -> Submission:
        table = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}
        (tmp_path / "evolution.ipynb").write_text(json.dumps(table))
        for name, text in (files or {}).items():
            (tmp_path / name).write_text(text)
        return read_submission(Found("alice", tmp_path))

    return read_cells
