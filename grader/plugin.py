"""The pytest plugin that gives the checks a sealed student and turns their outcomes into results."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pytest

from .catalogue import CHECKS
from .kit.student import Student
from .stage_run import StageRun

UNUSED = """terminal cacheprovider faulthandler logging warnings doctest unittest pastebin stepwise setuponly
setupplan recwarn monkeypatch tmpdir threadexception unraisableexception subtests"""
QUIET = ["--capture=no", "--import-mode=importlib", f"--rootdir={CHECKS}", "-c", os.devnull]
QUIET += [f"-pno:{name}" for name in UNUSED.split()]


def run_checks(
    stages: Sequence[int], sources: Mapping[int, bytes], isolation: str, submission_hash: str
) -> dict[int, StageRun]:
    """Run the checks of some stages of a submission in one session of pytest, a stage after the other.

    Returns:
        Each stage with its results.
    """
    runs = {stage: StageRun(stage, sources, isolation, submission_hash) for stage in stages}
    paths = sorted({str(check.path) for run in runs.values() for check in run.checks.values()})
    if not paths:
        return runs
    plugin = Grading(runs)
    outside = {name: os.environ.pop(name) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS") if name in os.environ}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        with np.errstate(all="ignore"):  # a student's nan is the checks' to judge, not numpy's to warn of
            status = pytest.main([*QUIET, *paths], plugins=[plugin])
    finally:
        for run in runs.values():
            run.close()
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(outside)
    if plugin.interrupted or status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    missing = [number for run in runs.values() for number in run.checks if number not in run.results]
    if missing:
        raise RuntimeError(f"pytest ended with status {int(status)} and did not run check {', '.join(missing)}")
    return runs


class Grading:
    """Some stages of one submission under pytest."""

    def __init__(self, runs: Mapping[int, StageRun]) -> None:
        self.interrupted = False
        self._of_check = {number: run for run in runs.values() for number in run.checks}

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Student:
        """The student's stage in its seal."""
        return self._run(request.node).student()

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """The check's own random numbers."""
        return self._run(request.node).rng(_number(request.node))

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the mark known."""
        config.addinivalue_line("markers", "check(number, title, points): a check of the course")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Run the stages' checks alone, in the order of their numbers."""
        items[:] = [item for item in items if _number(item) in self._of_check]
        items.sort(key=lambda item: self._run(item).checks[_number(item)].order)

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that the person wants to stop."""
        self.interrupted = True

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep what a check did as its result; pytest gets a report without the traceback, which nobody reads."""
        run, number = self._run(item), _number(item)
        error = None if call.excinfo is None else run.second_chance(number, call.excinfo.value)
        if error is not None:
            run.failed(number, error)
        elif call.excinfo is not None or call.when == "call":
            run.passed(number, " ".join(str(text) for name, text in item.user_properties if name == "note"))
        outcome: Literal["passed", "failed"] = "passed" if call.excinfo is None else "failed"
        when: Any = call.when  # never "collect" here
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)

    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """End a stage's seal before the next stage's begins."""
        run = self._run(item)
        if nextitem is None or self._run(nextitem) is not run:
            run.end()

    def _run(self, item: Any) -> StageRun:
        return self._of_check[_number(item)]


def _number(item: Any) -> str:
    mark = item.get_closest_marker("check")
    return str(mark.kwargs["number"]) if mark is not None else ""
