"""Notebooks made of cells, and what a stage that was read from one does."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from grader.manifest import course
from grader.submission import Submission

Read = Callable[..., Submission]
STUB = "def forward(x, params):\n    raise NotImplementedError\n"
FILLED = "def forward(x, params):\n    return 1\n"


def cell(source: str, grade_id: str = "", kind: str = "code") -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": grade_id, "solution": True}} if grade_id else {}
    return {"cell_type": kind, "metadata": metadata, "source": source.splitlines(keepends=True)}


def run(submission: Submission, stage: int) -> ModuleType:
    """Return a stage's source as a module: the texts here are the tests' own."""
    module = ModuleType(course().stage(stage).module)
    exec(compile(submission.stages[stage].text, "stage", "exec"), module.__dict__)
    return module


def text(submission: Submission, stage: int) -> str:
    return submission.stages[stage].text.decode()
