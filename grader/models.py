"""The model answers as modules in the grader's own process, whole or with the edits of a slip."""

import sys
from collections.abc import Sequence
from functools import cache
from types import CodeType, ModuleType

from .manifest import SOLUTIONS, course

Edit = tuple[str, str]


@cache
def answer_text(stage: int) -> str:
    """Return the text of a stage's model answer."""
    return (SOLUTIONS / course().stage(stage).file).read_text(encoding="utf-8")


def edited(stage: int, edits: Sequence[Edit]) -> str:
    """Return the model answer with each (old, new) applied.

    Raises:
        ValueError: an old text does not stand exactly once in the answer.
    """
    text = answer_text(stage)
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"stage {stage}: {old!r} stands {text.count(old)} times in the model answer, not once")
        text = text.replace(old, new)
    return text


def load(stage: int, edits: Sequence[Edit] = ()) -> ModuleType:
    """Return a fresh module of the model answer; what it imports from the course is the model's too."""
    name = course().stage(stage).module
    module = ModuleType(name)
    module.__file__ = str(SOLUTIONS / course().stage(stage).file)
    if str(SOLUTIONS) not in sys.path:
        sys.path.insert(0, str(SOLUTIONS))  # first, so that no file of the current folder is taken for the model's
    exec(_code(stage, tuple(edits), module.__file__), module.__dict__)  # our own text, never a student's
    return module


@cache
def _code(stage: int, edits: tuple[Edit, ...], file: str) -> CodeType:
    return compile(edited(stage, edits), file, "exec")
