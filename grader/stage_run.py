"""One stage of one submission: its seal, what its checks share, and what each check's end is worth."""

import hashlib
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .catalogue import Check, of_stage
from .hashes import checks_hash
from .kit.local import LocalStudent
from .kit.message import CheckFailed, Message
from .kit.student import Student, StudentNotDone, StudentStopped
from .models import load
from .results import CheckResult
from .sandbox import IsolationUnavailable, SealedStudent, open_student
from .slips import Slip, StageDiagnosis

CHANCES = 2
PAUSES = (0.5, 2.0, 8.0)  # seconds before a seal that did not start is tried again

NOT_READ = Message(
    called="your code, with this check's numbers",
    returned="values that the check cannot compare, such as a nan, an infinity or numbers that never change",
    expected="values that can be compared, as the model answer gives them",
    look="what your function returns for an ordinary input: print it and look at its numbers",
)


class StageRun:
    """What a stage's checks work with, and their results.

    Attributes:
        results: by number, for the checks that have ended.
    """

    def __init__(self, stage: int, sources: Mapping[int, bytes], isolation: str, submission_hash: str) -> None:
        self.stage = stage
        self.checks: dict[str, Check] = {check.number: check for check in of_stage(stage)}
        self.results: dict[str, CheckResult] = {}
        self._sources, self._isolation, self._submission_hash = sources, isolation, submission_hash
        self._sealed: SealedStudent | None = None
        self._memo: dict[str, Any] = {}
        self._memo_before: dict[str, Any] = {}  # as it was when the check began
        self._numbers: dict[str, np.random.Generator] = {}  # of what the checks share, for the known mistakes too
        self._tried_again = 0
        self._pauses = iter(PAUSES)
        self._not_done: set[str] = set()
        self._diagnosis = StageDiagnosis(stage, lambda number, student: self._again(self.checks[number], student))

    @property
    def in_order(self) -> tuple[CheckResult, ...]:
        """The results in the order of the checks."""
        return tuple(self.results[number] for number in self.checks)

    @property
    def is_stub(self) -> bool:
        """Whether every check failed for a NotImplementedError."""
        return self._not_done == set(self.checks)

    def student(self) -> Student:
        """Return the student's stage in its seal; in a new seal where the last one was ended."""
        self._memo_before = dict(self._memo)
        if self._sealed is None or (self._sealed.closed and not self._sealed.hopeless):
            return self._open()
        return self._sealed

    def rng(self, number: str) -> np.random.Generator:
        """Return a check's own random numbers: the same for the same submission, not to foresee without the checks."""
        digest = hashlib.sha256(f"{checks_hash()} {self._submission_hash} {number}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:16], "big"))

    def close(self) -> None:
        """End the seal."""
        if self._sealed is not None:
            self._sealed.close()
            self._sealed = None

    def end(self) -> None:
        """End the seal after the last check, and name in each result what only a later check made certain."""
        self.close()
        try:
            for number, slips in self._diagnosis.explain_the_rest().items():
                self.results[number] = _named(self.results[number], slips)
        except Exception:  # costs sentences, never a verdict
            number = max(self.results, key=lambda number: self.checks[number].order)
            self.results[number] = replace(self.results[number], error=traceback.format_exc())

    def passed(self, number: str, note: str) -> None:
        """Keep that a check passed."""
        check = self.checks[number]
        self._diagnosis.passed(number)
        self.results[number] = CheckResult(
            number, check.title, check.points, "passed", check.points, visible=check.visible, note=note
        )

    def failed(self, number: str, error: BaseException) -> None:
        """Keep how a check ended that did not pass."""
        check = self.checks[number]
        result = CheckResult(number, check.title, check.points, "errored", 0.0, visible=check.visible)
        if isinstance(error, CheckFailed):
            result = self._diagnosed(check, error, result)
        else:
            result = replace(result, error="".join(traceback.format_exception(error)))
            own = isinstance(error, (IsolationUnavailable, OSError))  # the machine's or the grader's, not the student's
            if isinstance(error, Exception) and not own and self._passes_on_the_answer(check):
                result = replace(result, status="failed", message=NOT_READ)
        self.results[number] = result

    def second_chance(self, number: str, error: BaseException) -> BaseException | None:
        """Run a check whose call hung once more in a new seal, two checks a stage; return how it ended, None for well.

        A pool of the standard library that is ended while a member is under test hangs about once in a thousand times,
        on a loaded machine more often: that is no mistake of the student's. Nor is it where a seal does not start: that
        is tried again after a while, three times a stage.
        """
        while isinstance(error, IsolationUnavailable) and (pause := next(self._pauses, None)) is not None:
            time.sleep(pause)
            self._memo = dict(self._memo_before)
            ended = self._in_new_seal(number)
            if ended is None:
                return None
            error = ended
        hung = isinstance(error, StudentStopped) and error.cap == "time"
        if not hung or self._tried_again == CHANCES or self._sealed is None or self._sealed.hopeless:
            return error
        self._tried_again += 1
        self._memo = self._memo_before
        return self._in_new_seal(number)

    def _in_new_seal(self, number: str) -> Exception | None:
        """Run a check in a new seal; return how it ended, None for well."""
        try:
            return self._again(self.checks[number], self._open())
        except Exception as broken:
            return broken

    def _open(self) -> SealedStudent:
        self.close()
        self._sealed = open_student(self.stage, self._sources, self._isolation)
        self._sealed.memo, self._sealed.numbers = self._memo, self._numbers
        return self._sealed

    def _diagnosed(self, check: Check, error: CheckFailed, result: CheckResult) -> CheckResult:
        if isinstance(error, StudentNotDone):
            self._not_done.add(check.number)
        result = replace(result, status="failed", message=error.message)
        try:
            return _named(result, self._diagnosis.explain(check.number, error))
        except Exception:  # a diagnosis that breaks off costs its sentence, never the verdict
            return replace(result, error=traceback.format_exc())

    def _passes_on_the_answer(self, check: Check) -> bool:
        """Return whether a check that broke off does not do so on the model answer: then what came back broke it."""
        try:
            return self._again(check, LocalStudent(load(self.stage))) is None
        except Exception:
            return False

    def _again(self, check: Check, student: Student) -> CheckFailed | None:
        """Run a check once more, with the same random numbers, on another student."""
        student.numbers = self._numbers
        return check.run(student, self.rng(check.number))


def _named(result: CheckResult, slips: Sequence[Slip]) -> CheckResult:
    """Return a failed check's result with the sentences of the slips that explain it."""
    message = result.message
    if message is None or not slips:
        return result
    sentences = " ".join(slip.sentence for slip in slips)
    message = replace(message, slip=sentences, look=slips[0].look or message.look)
    return replace(result, message=message, slips=tuple(slip.name for slip in slips))
