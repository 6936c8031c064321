"""What the failed checks of one stage say together: each is explained alone, and again by what the others named."""

from collections.abc import Callable

from ..kit.message import CheckFailed
from ..kit.student import Student
from .diagnose import Again, Memos, diagnose
from .slip import Slip

FRUITLESS = 3  # failed checks without a slip after which two slips at once are not tried any more


class StageDiagnosis:
    """The slips of one stage of one submission, as its checks fail one after the other."""

    def __init__(self, stage: int, run: Callable[[str, Student], CheckFailed | None]) -> None:
        """Begin a stage.

        Args:
            stage: its number.
            run: runs the check of a number, with the same random numbers, on another student.
        """
        self._stage, self._run = stage, run
        self._known: tuple[Slip, ...] = ()
        self._unnamed: dict[str, CheckFailed] = {}
        self._passed: list[str] = []
        self._memos: Memos = {}

    def passed(self, number: str) -> None:
        """Keep that a check passed: a slip that fails it is not the explanation of a later one."""
        self._passed.append(number)

    def explain(self, number: str, failed: CheckFailed) -> tuple[Slip, ...]:
        """Return the slips that explain a failed check, none where it is not certain."""
        in_pairs = len(self._unnamed) < FRUITLESS
        slips = diagnose(
            self._stage, self._of(number), failed, self._known, number, in_pairs, self._memos, self._could_be
        )
        if failed.facts and not slips:
            self._unnamed[number] = failed
        self._known += tuple(slip for slip in slips if slip not in self._known)
        return slips

    def explain_the_rest(self) -> dict[str, tuple[Slip, ...]]:
        """Return the slips of checks that more than one slip fitted when they failed, and a known one fits now."""
        rest = {
            number: Again(self._of(number), self._memos).explained_by(self._known, failed)
            for number, failed in self._unnamed.items()
        }
        return {number: slips for number, slips in rest.items() if slips}

    def _could_be(self, slip: Slip) -> bool:
        """Return whether a slip passes all that passed so far, of the checks that it says it fails."""
        doubtful = (number for number in self._passed if number in slip.checks)
        return slip.signs is not None or not any(Again(self._of(p), self._memos).failure(slip) for p in doubtful)

    def _of(self, number: str) -> Callable[[Student], CheckFailed | None]:
        return lambda student: self._run(number, student)
