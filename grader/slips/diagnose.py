"""Which known mistake gives just what a check saw: run the check on each of them and compare."""

import ast
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from .. import models
from ..kit.message import CheckFailed
from ..kit.student import Student, StudentRaised
from .catalogue import slips_of
from .slip import Slip

RunCheck = Callable[[Student], CheckFailed | None]
COMPARED_TEXT = 120


def diagnose(stage: int, run_check: RunCheck, failed: CheckFailed) -> tuple[Slip, ...]:
    """Return the slip that explains a failed check, or two that only together do; nothing where it is not certain.

    Args:
        stage: the stage of the check.
        run_check: runs the same check, with the same random numbers, on another student.
        failed: how the check failed on the submission.
    """
    fitting = tuple(slip for slip in slips_of(stage) if _fits(slip, run_check, failed))
    if fitting:
        return fitting if len(fitting) == 1 else ()
    pairs = [pair for pair in _pairs(stage) if _fails_alike(pair, run_check, failed)]
    return pairs[0] if len(pairs) == 1 else ()


def variant(slips: Sequence[Slip]) -> Student:
    """Return a student who makes these slips and is otherwise right."""
    from ..kit.local import LocalStudent

    edits = tuple(edit for slip in slips for edit in slip.edits)
    return LocalStudent(models.load(slips[0].stage, edits))


def _fits(slip: Slip, run_check: RunCheck, failed: CheckFailed) -> bool:
    if slip.signs is not None:
        return slip.signs.items() <= failed.facts.items()
    return _fails_alike((slip,), run_check, failed)


def _fails_alike(slips: Sequence[Slip], run_check: RunCheck, failed: CheckFailed) -> bool:
    seen = run_check(variant(slips))
    return seen is not None and bool(failed.facts) and _seen(seen) == _seen(failed)


def _seen(failed: CheckFailed) -> tuple[dict[str, Any], str]:
    """Return the facts and, where an exception is what came back, the beginning of its text."""
    text = failed.text if isinstance(failed, StudentRaised) else ""
    return dict(failed.facts), "".join(letter for letter in text if letter.isalnum())[:COMPARED_TEXT]


@cache
def _pairs(stage: int) -> tuple[tuple[Slip, Slip], ...]:
    """Return the pairs of slips that stand in different functions, so that one file can have both."""
    runnable = [slip for slip in slips_of(stage) if slip.signs is None]
    return tuple(pair for pair in combinations(runnable, 2) if not (_places(pair[0]) & _places(pair[1])))


@cache
def _places(slip: Slip) -> frozenset[str]:
    """Return the functions and methods of the model answer that a slip edits."""
    text = models.answer_text(slip.stage)
    lines = [text[: text.index(old)].count("\n") + 1 for old, _ in slip.edits]
    return frozenset(_function_at(text, line) for line in lines)


def _function_at(text: str, line: int) -> str:
    """Return the name of the innermost function around a line, "" outside all of them."""
    around = [node for node in _functions(text) if node.lineno <= line <= (node.end_lineno or node.lineno)]
    return max(around, key=lambda node: node.lineno).name if around else ""


def _functions(text: str) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
