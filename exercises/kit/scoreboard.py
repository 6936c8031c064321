"""The pytest plugin of a student's machine: gives the checks the stage files beside it, and ends with a scoreboard."""

import hashlib
import json
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .board import Board, Outcome, Row
from .fault import not_done, not_there
from .local import LocalStudent
from .message import CheckFailed
from .notebook import POINTS_FILE
from .stages import StageFile, read_stages
from .stub import is_stub, written_above
from .student import StudentMissing, StudentNotDone, StudentRaised


class Scoreboard:
    """Registered by the conftest.py of the folder that holds the stage files and their checks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stages = read_stages(folder)
        self.rows: dict[str, Row] = {}
        self._running = self._broken_off = ""  # numbers of checks
        self._students: dict[int, LocalStudent | None] = {}

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the mark known; keep Python's own advice about fork from the screen."""
        config.addinivalue_line("markers", "check(number, title, points): a check of the course")
        config.addinivalue_line("filterwarnings", "ignore:.*fork.*:DeprecationWarning")

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> LocalStudent:
        """The stage file that a check is about."""
        stage = self._stage(request.node)
        if self._is_stub(stage):
            raise not_done(stage.file, stage.functions)
        student = self._student(stage.number)
        if student is None:
            raise not_there(stage.file)
        return student

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """A check's random numbers, the same in every run."""
        digest = hashlib.sha256(_number(request.node).encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:16], "big"))

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Let ``-k 2.3`` name a check by its number."""
        item.extra_keyword_matches.add(_number(item))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Put the checks in the order of their numbers and open a row for each."""
        asked = config.getoption("keyword")
        if asked and asked in {_number(item) for item in items}:
            items[:] = [item for item in items if _number(item) == asked]  # "2.1" is not "2.10"
        items.sort(key=lambda item: _order(_number(item)))
        self.rows.clear()
        for item in items:
            if number := _number(item):
                mark = item.get_closest_marker("check")
                assert mark is not None
                sentence = str(getattr(getattr(item, "obj", None), "__doc__", "") or "").strip()
                self.rows[number] = Row(number, sentence=sentence, path=item.path, **_words(mark))

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Remember which check is running."""
        self._running = _number(item)

    def pytest_runtest_logfinish(self) -> None:
        """Remember that none is."""
        self._running = ""

    def pytest_keyboard_interrupt(self) -> None:
        """Keep which check Ctrl-C has broken off."""
        self._broken_off = self._running

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note what a check found; its message stands in the place of a traceback."""
        report = yield
        row = self.rows.get(_number(item))
        error = call.excinfo.value if call.excinfo is not None else None
        if row is None or (error is None and call.when != "call"):
            return report
        if isinstance(error, StudentNotDone):
            row.outcome, row.message = Outcome.NOT_DONE, error.message
            row.waits_for = error.waits_for
            report.outcome, report.longrepr = "skipped", (str(item.path), 0, error.message.returned)
        elif isinstance(error, CheckFailed):
            row.outcome, row.message = Outcome.FAILING, error.message
            row.trace = error.trace if isinstance(error, StudentRaised) else ""
            row.at_import = isinstance(error, StudentMissing) and error.at_import
            report.longrepr = error.message.text()
        elif error is None:
            row.outcome = Outcome.PASSED
        elif isinstance(error, Exception):
            row.outcome = Outcome.BROKEN
        report.check_outcome = row.outcome  # type: ignore[attr-defined]  # read in pytest_report_teststatus
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str] | None:
        """Give failing checks and stubs categories of their own, so that pytest lists no tracebacks for them."""
        outcome = getattr(report, "check_outcome", None)
        if outcome is Outcome.NOT_DONE:
            return "not done yet", "-", "NOT DONE YET"
        if outcome is Outcome.FAILING:
            return "failing", "F", "FAILING"
        return None

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        """Write the messages and the scoreboard."""
        if self.rows:
            self._write_shares()
            traces = config.getoption("tbstyle") not in ("auto", "no")
            stubs = [stage for stage in self.stages if self._is_stub(stage)]
            Board(
                self.stages,
                list(self.rows.values()),
                config.invocation_params.dir,
                stubs=stubs,
                written_above=[name for stage in self.stages for name in self._written_above(stage)],
                running=self._broken_off,
                traces=traces,
            ).write(terminalreporter)

    def _write_shares(self) -> None:
        """Write what part of each stage's visible points was reached, where the notebook asks for it."""
        if path := os.environ.get(POINTS_FILE):
            stages = {row.stage for row in self.rows.values()}
            shares = {str(stage): self._share(stage) for stage in stages}
            Path(path).write_text(json.dumps(shares), encoding="utf-8")

    def _share(self, stage: int) -> float:
        rows = [row for row in self.rows.values() if row.stage == stage]
        return sum(row.points for row in rows if row.outcome is Outcome.PASSED) / sum(row.points for row in rows)

    def _stage(self, item: Any) -> StageFile:
        return self.stages[int(_number(item).split(".")[0]) - 1]

    def _is_stub(self, stage: StageFile) -> bool:
        path = self.folder / stage.file
        return path.is_file() and is_stub(path.read_bytes(), stage.functions)

    def _written_above(self, stage: StageFile) -> tuple[str, ...]:
        path = self.folder / stage.file
        return written_above(path.read_bytes(), stage.functions) if path.is_file() else ()

    def _student(self, number: int) -> LocalStudent | None:
        """Return a stage of this folder, None where its file is not there."""
        if number not in self._students:
            path = self.folder / self.stages[number - 1].file
            modules = [stage.file.removesuffix(".py") for stage in self.stages]
            self._students[number] = LocalStudent.of_file(path, self._student, modules) if path.is_file() else None
        return self._students[number]


def register(config: pytest.Config, folder: Path) -> None:
    """Register the scoreboard for a folder once."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    if not config.pluginmanager.has_plugin("scoreboard"):
        config.pluginmanager.register(Scoreboard(folder), "scoreboard")


def _number(item: Any) -> str:
    mark = item.get_closest_marker("check")
    return str(mark.kwargs["number"]) if mark is not None else ""


def _words(mark: pytest.Mark) -> dict[str, Any]:
    return {"title": str(mark.kwargs["title"]), "points": float(mark.kwargs["points"])}


def _order(number: str) -> tuple[int, int]:
    stage, _, place = number.partition(".")
    return (int(stage), int(place)) if number else (0, 0)
