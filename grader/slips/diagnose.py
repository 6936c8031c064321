"""Which known mistake gives just what a check saw: run the check on each of them and compare."""

import ast
import warnings
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, islice
from typing import Any, cast

import numpy as np

from .. import models
from ..kit.local import LocalStudent
from ..kit.message import CheckFailed
from ..kit.student import Student, StudentRaised, StudentStopped
from .catalogue import slips_of
from .slip import Slip

RunCheck = Callable[[Student], CheckFailed | None]
Memos = dict[Slip, dict[str, Any]]
COMPARED_TEXT = 120


def diagnose(
    stage: int,
    run_check: RunCheck,
    failed: CheckFailed,
    known: Sequence[Slip] = (),
    number: str = "",
    in_pairs: bool = True,
    memos: Memos | None = None,
    possible: Callable[[Slip], bool] = lambda _: True,
) -> tuple[Slip, ...]:
    """Return the slip that explains a failed check, or two that only together do; nothing where it is not certain.

    Args:
        stage: the stage of the check.
        run_check: runs the same check, with the same random numbers, on another student.
        failed: how the check failed on the submission.
        known: slips that other checks of the same file have named: where one of them fits, it is the explanation.
        number: the check's number; slips that say which checks they fail are run on those alone.
        in_pairs: whether to try two slips at once, which are many runs.
        memos: what other checks of the stage have made of the students who make these slips, and this one adds to.
        possible: whether the checks before leave room for a slip that fits.
    """
    if not failed.facts:
        return ()
    again = Again(run_check, {} if memos is None else memos)
    if isinstance(failed, StudentStopped):  # no variant of the model answer is ever stopped
        fitting = tuple(slip for slip in slips_of(stage) if _signed(slip, failed))
        return fitting if len(fitting) == 1 else ()
    if by_known := again.explained_by(known, failed):
        return by_known
    slips = [slip for slip in slips_of(stage) if not (number and slip.checks and number not in slip.checks)]
    failures = {slip: again.failure(slip) for slip in slips if slip.signs is None}
    fitting = (
        *(slip for slip in slips if _signed(slip, failed)),
        *(slip for slip, seen in failures.items() if _alike(seen, failed) and possible(slip)),
    )
    if fitting:
        return fitting if len(fitting) == 1 else ()
    if not in_pairs or len({place for slip in failures for place in _places(slip)}) < 2:
        return ()  # slips that are never run, or all in one function: no pair, and no run of the answer for it
    called = _functions_called(stage, run_check)
    pairs = [
        pair
        for pair in combinations(failures, 2)
        if any(failures[slip] for slip in pair)
        and _can_meet(*pair, called)
        and again.fits(failed, *pair)
        and all(map(possible, pair))
    ]
    return pairs[0] if len(pairs) == 1 else ()


@dataclass(frozen=True)
class Again:
    """A check that is run on students who make known mistakes.

    Attributes:
        run: runs the check on a student.
        memos: what this check and others of the stage have made of those who make one slip.
    """

    run: RunCheck
    memos: Memos

    def explained_by(self, known: Sequence[Slip], failed: CheckFailed) -> tuple[Slip, ...]:
        """Return the first of the known slips that fits, as a tuple of one; nothing where none does."""
        fitting = (slip for slip in known if _signed(slip, failed) or self.fits(failed, slip))
        return tuple(islice(fitting, 1))

    def failure(self, *slips: Slip) -> CheckFailed | None:
        """Return how the check fails on a student who makes these slips."""
        student = variant(slips)
        if len(slips) == 1:  # pairs are too many to keep
            student.memo = self.memos.setdefault(slips[0], {})
        with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
            return self.run(student)

    def fits(self, failed: CheckFailed, *slips: Slip) -> bool:
        """Return whether that is how it failed; a slip with signs is never run."""
        return all(slip.signs is None for slip in slips) and _alike(self.failure(*slips), failed)


def _signed(slip: Slip, failed: CheckFailed) -> bool:
    """Return whether a slip with signs shows them."""
    return slip.signs is not None and slip.signs.items() <= failed.facts.items()


def variant(slips: Sequence[Slip]) -> Student:
    """Return a student who makes these slips and is otherwise right."""
    edits = tuple(edit for slip in slips for edit in slip.edits)
    stage = slips[0].stage
    return LocalStudent(models.load(stage, edits), again=lambda: models.load(stage, edits))


def _alike(seen: CheckFailed | None, failed: CheckFailed) -> bool:
    """Return whether two runs of one check failed alike; a failure without facts is like no other."""
    return seen is not None and bool(failed.facts) and _seen(seen) == _seen(failed)


def _seen(failed: CheckFailed) -> tuple[dict[str, Any], str]:
    """Return the facts and, where an exception is what came back, the beginning of its text."""
    text = failed.text if isinstance(failed, StudentRaised) else ""
    return dict(failed.facts), "".join(letter for letter in text if letter.isalnum())[:COMPARED_TEXT]


def _can_meet(one: Slip, two: Slip, called: Collection[str]) -> bool:
    """Return whether one file can hold both slips, in functions of their own, and the check sees both."""
    return not (_places(one) & _places(two)) and _places(one) | _places(two) <= set(called)


def _functions_called(stage: int, run_check: RunCheck) -> set[str]:
    """Return the names of the functions that a check calls on a right answer."""
    names: set[str] = set()
    right = LocalStudent(models.load(stage))

    class Watched:
        def __getattr__(self, name: str) -> Any:
            if not callable(getattr(right, name)):
                return getattr(right, name)

            def watched(*args: Any, **kwargs: Any) -> Any:
                names.update(map(str, args[:1]))
                return getattr(right, name)(*args, **kwargs)

            return watched

    run_check(cast(Student, Watched()))
    return names


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
