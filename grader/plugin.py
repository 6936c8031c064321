"""The pytest plugin that gives the checks a sealed student and turns their outcomes into results."""

import hashlib
import os
import traceback
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest

from .catalogue import CHECKS, Check, of_stage
from .hashes import checks_hash
from .kit.local import LocalStudent
from .kit.message import CheckFailed, Message
from .kit.student import Student, StudentNotDone, StudentStopped
from .models import load
from .results import CheckResult
from .sandbox import SealedStudent, open_student
from .slips import Slip, diagnose

UNUSED = """terminal cacheprovider faulthandler logging warnings doctest unittest pastebin stepwise setuponly
setupplan recwarn monkeypatch tmpdir threadexception unraisableexception subtests"""
QUIET = ["--capture=no", "--import-mode=importlib", f"--rootdir={CHECKS}", "-c", os.devnull]
QUIET += [f"-pno:{name}" for name in UNUSED.split()]

CHANCES = 2
FRUITLESS = 3  # failed checks without a slip after which two slips at once are not tried any more

NOT_READ = Message(
    called="your code, with this check's numbers",
    returned="values that the check cannot compare, such as a nan, an infinity or numbers that never change",
    expected="values that can be compared, as the model answer gives them",
    look="what your function returns for an ordinary input: print it and look at its numbers",
)


def run_checks(
    stage: int, sources: Mapping[int, bytes], isolation: str, submission_hash: str
) -> tuple[tuple[CheckResult, ...], bool]:
    """Run a stage's checks on a submission.

    Returns:
        The results in order, and whether every check failed for a NotImplementedError (then the stage is a stub).
    """
    plugin = Grading(stage, sources, isolation, submission_hash)
    paths = sorted({str(check.path) for check in plugin.checks.values()})
    outside = {name: os.environ.pop(name) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS") if name in os.environ}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        with np.errstate(all="ignore"):  # a student's nan is the checks' to judge, not numpy's to warn of
            status = pytest.main([*QUIET, *paths], plugins=[plugin])
    finally:
        plugin.close()
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(outside)
    if plugin.interrupted or status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    missing = [number for number in plugin.checks if number not in plugin.results]
    if missing:
        raise RuntimeError(f"pytest ended with status {int(status)} and did not run check {', '.join(missing)}")
    results = tuple(plugin.results[number] for number in plugin.checks)
    return results, plugin.not_done == set(plugin.checks)


class Grading:
    """One stage of one submission under pytest."""

    def __init__(self, stage: int, sources: Mapping[int, bytes], isolation: str, submission_hash: str) -> None:
        self.stage = stage
        self.checks: dict[str, Check] = {check.number: check for check in of_stage(stage)}
        self.results: dict[str, CheckResult] = {}
        self.not_done: set[str] = set()
        self.interrupted = False
        self._sources, self._isolation, self._submission_hash = sources, isolation, submission_hash
        self._sealed: SealedStudent | None = None
        self._memo: dict[str, Any] = {}
        self._memo_before: dict[str, Any] = {}  # as it was when the check began
        self._tried_again = 0
        self._named: tuple[Slip, ...] = ()
        self._unnamed = 0

    @pytest.fixture
    def student(self) -> Student:
        """The student's stage in its seal; a new seal where the last one was ended."""
        self._memo_before = dict(self._memo)
        if self._sealed is None or (self._sealed.closed and not self._sealed.hopeless):
            return self._open()
        return self._sealed

    def _open(self) -> SealedStudent:
        self.close()
        self._sealed = open_student(self.stage, self._sources, self._isolation)
        self._sealed.memo = self._memo
        return self._sealed

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """The check's own random numbers: the same for the same submission, and not for a student to foresee."""
        return self._rng(_number(request.node))

    def _rng(self, number: str) -> np.random.Generator:
        digest = hashlib.sha256(f"{checks_hash()} {self._submission_hash} {number}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:16], "big"))

    def close(self) -> None:
        """End the seal."""
        if self._sealed is not None:
            self._sealed.close()
            self._sealed = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the mark known."""
        config.addinivalue_line("markers", "check(number, title, points): a check of the course")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Run the stage's checks alone, in the order of their numbers."""
        items[:] = [item for item in items if _number(item) in self.checks]
        items.sort(key=lambda item: self.checks[_number(item)].order)

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that the person wants to stop."""
        self.interrupted = True

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Turn what a check did into its result; pytest gets a report without the traceback, which nobody reads."""
        check = self.checks[_number(item)]
        error = None if call.excinfo is None else self._second_chance(check, call.excinfo.value)
        if error is not None:
            self.results[check.number] = self._failed(check, error)
        elif call.when == "call":
            note = " ".join(str(text) for name, text in item.user_properties if name == "note")
            self.results[check.number] = CheckResult(
                check.number, check.title, check.points, "passed", check.points, visible=check.visible, note=note
            )
        outcome: Literal["passed", "failed"] = "passed" if call.excinfo is None else "failed"
        when: Any = call.when  # never "collect" here
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)

    def _second_chance(self, check: Check, error: BaseException) -> BaseException | None:
        """Run a check whose call hung once more in a new seal, two checks a stage; return how it ended, None for well.

        A pool of the standard library that is ended while a member is under test hangs about once in a thousand times,
        on a loaded machine more often: that is no mistake of the student's.
        """
        hung = isinstance(error, StudentStopped) and error.cap == "time"
        if not hung or self._tried_again == CHANCES or self._sealed is None or self._sealed.hopeless:
            return error
        self._tried_again += 1
        self._memo = self._memo_before
        try:
            return self._again(check, self._open())
        except Exception as broken:
            return broken

    def _failed(self, check: Check, error: BaseException) -> CheckResult:
        result = CheckResult(check.number, check.title, check.points, "errored", 0.0, visible=check.visible)
        if not isinstance(error, CheckFailed):
            trace = "".join(traceback.format_exception(error))
            if not (isinstance(error, Exception) and self._passes_on_the_answer(check)):
                return replace(result, error=trace)
            return replace(result, status="failed", message=NOT_READ, error=trace)
        if isinstance(error, StudentNotDone):
            self.not_done.add(check.number)
        slips: tuple[Slip, ...] = ()
        try:
            slips = diagnose(
                self.stage,
                lambda student: self._again(check, student),
                error,
                self._named,
                check.number,
                in_pairs=self._unnamed < FRUITLESS,
            )
        except Exception:  # a diagnosis that breaks off costs its sentence, never the verdict
            result = replace(result, error=traceback.format_exc())
        self._unnamed += not slips and bool(error.facts)
        self._named += tuple(slip for slip in slips if slip not in self._named)
        message = error.message
        if slips:
            message = replace(
                message, slip=" ".join(slip.sentence for slip in slips), look=slips[0].look or message.look
            )
        return replace(result, status="failed", message=message, slips=tuple(slip.name for slip in slips))

    def _passes_on_the_answer(self, check: Check) -> bool:
        """Return whether a check that broke off does not do so on the model answer: then what came back broke it."""
        try:
            return self._again(check, LocalStudent(load(self.stage))) is None
        except Exception:
            return False

    def _again(self, check: Check, student: Student) -> CheckFailed | None:
        """Run a check once more, with the same random numbers."""
        return check.run(student, self._rng(check.number))


def _number(item: Any) -> str:
    mark = item.get_closest_marker("check")
    return str(mark.kwargs["number"]) if mark is not None else ""
