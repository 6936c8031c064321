"""The scoreboard's text: the messages of what fails, a line a stage, the points seen so far and one next step."""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from .message import Message
from .screen import cut, labelled, printable, wrapped
from .stages import StageFile

BROKEN = "The check itself went wrong, not your code: its traceback stands above. Please tell your instructor."


class Outcome(Enum):
    """What became of one check."""

    NOT_RUN = "not run"
    PASSED = "passed"
    FAILING = "failing"
    NOT_DONE = "not done yet"
    BROKEN = "broken"  # the check's own fault


@dataclass
class Row:
    """One check and what became of it."""

    number: str
    title: str
    points: float
    sentence: str
    path: Path
    outcome: Outcome = Outcome.NOT_RUN
    message: Message | None = None
    waits_for: str = ""
    trace: str = ""
    at_import: bool = False  # whether the stage file cannot be imported

    @property
    def stage(self) -> int:
        """The stage, the number before the dot."""
        return int(self.number.split(".")[0])


class Board:
    """The end of a run.

    Args:
        stages: all of the course.
        rows: the checks that were asked for.
        here: the current folder.
        stubs: the stages still to be written, run or not.
        written_above: the functions with lines of the student's above a ``raise NotImplementedError()``.
        running: the number of the check that Ctrl-C broke off; "" where none was.
        traces: whether tracebacks are shown.
    """

    def __init__(
        self,
        stages: Sequence[StageFile],
        rows: Sequence[Row],
        here: Path,
        stubs: Sequence[StageFile] = (),
        written_above: Collection[str] = (),
        running: str = "",
        traces: bool = False,
    ) -> None:
        self.rows, self.here, self.stubs, self.traces = rows, here, stubs, traces
        self.written_above, self.running = written_above, running
        self.stages = [stage for stage in stages if self._of(stage)]
        self.whole = len(self.stages) == len(stages)

    def write(self, terminal: Any) -> None:
        """Write it all to pytest's terminal reporter."""
        width, encoding = terminal._tw.fullwidth, getattr(terminal._tw._file, "encoding", None) or "utf-8"
        for stage in self.stages:
            if self._state(stage) == "failing":
                terminal.write_line("")
                self._lines(terminal, self._messages(stage, width), encoding)
        terminal.write_line("")
        for stage in self.stages:
            colour = {"done": "green", "failing": "red"}.get(self._state(stage), "yellow")
            terminal.write_line(printable(self._line(stage, width), encoding), **{colour: True})
        terminal.write_line("")
        self._lines(terminal, self._last_words(width), encoding)

    def _lines(self, terminal: Any, lines: Iterator[str], encoding: str) -> None:
        for line in lines:
            terminal.write_line(printable(line, encoding))

    def _of(self, stage: StageFile, *outcomes: Outcome) -> list[Row]:
        return [row for row in self.rows if row.stage == stage.number and (not outcomes or row.outcome in outcomes)]

    def _state(self, stage: StageFile) -> str:
        """Return a stage's state in a word or three."""
        rows = self._of(stage)
        seen = {row.outcome for row in rows} - {Outcome.NOT_RUN}
        if Outcome.FAILING in seen or Outcome.BROKEN in seen:
            return "failing"
        if not seen:
            return "not run"
        if waiting := next((row.waits_for for row in rows if row.waits_for), ""):
            return f"waits for {waiting}"
        if Outcome.NOT_DONE in seen:
            return "not done yet" if seen == {Outcome.NOT_DONE} else "begun"
        return "stopped" if self._of(stage, Outcome.NOT_RUN) else "done"

    def _line(self, stage: StageFile, width: int) -> str:
        """Return a stage's line: number, title, state, points; the title gives way on a narrow screen."""
        points = ""
        if self._of(stage, Outcome.PASSED, Outcome.FAILING, Outcome.BROKEN):
            points = f"  {_sum(self._of(stage, Outcome.PASSED))} of {_sum(self._of(stage))}"
        end = f"{self._state(stage)}{points}"
        title = f"Stage {stage.number}  {stage.title}{' (bonus)' if stage.bonus else ''}"
        room = max(8, min(width - 1, 100) - len(end) - 2)
        return f"{cut(title, room):<{min(room, 54)}}  {end}"

    def _messages(self, stage: StageFile, width: int) -> Iterator[str]:
        """Yield the message of a stage's most basic failing check, whole, and the names of the others."""
        first, *others = self._of(stage, Outcome.FAILING, Outcome.BROKEN)
        if first.at_import:
            others = []
            yield from wrapped(f"Stage {stage.number}: {stage.file} cannot be imported", width, "")
        else:
            yield from wrapped(f"Stage {stage.number}, check {first.number}: {first.title}", width, "")
            yield from wrapped(first.sentence, width, "    ")
        yield ""
        for line in first.message.text().splitlines() if first.message else [BROKEN]:
            yield from labelled(line, width)
        if self.traces and first.message:
            yield from ("", *first.trace.splitlines())
        more = f"{self._command(first)} -k {first.number} -s"  # -s: what the student prints is shown
        yield from labelled(f"Look further: {more}{' --tb=short' if first.trace and not self.traces else ''}", width)
        if others:
            names = ", ".join(f"{row.number} {row.title}" for row in others)
            yield from labelled(f"Failing too: {names}", width)

    def _last_words(self, width: int) -> Iterator[str]:
        """Yield the points, what they leave out, and the next step."""
        seen, visible = _sum(self._of_all(Outcome.PASSED)), _sum(self._of_all())
        yield from wrapped(
            f"Points seen so far: {seen} of {visible}. These are the visible checks; hidden checks also exist "
            "and are run when your work is graded.",
            width,
            "",
        )
        if broken_off := next((row for row in self.rows if row.number == self.running), None):
            file = next(stage.file for stage in self.stages if stage.number == broken_off.stage)
            yield from wrapped(
                f"Stopped: check {self.running} was running: a loop in {file} does not end, or it waits for something.",
                width,
                "",
            )
        yield from wrapped(f"Next: {self._next()}", width, "")

    def _of_all(self, *outcomes: Outcome) -> list[Row]:
        return [row for stage in self.stages for row in self._of(stage, *outcomes)]

    def _next(self) -> str:
        """Return the one next step."""
        awaited = {row.waits_for for row in self.rows}
        stubs = sorted(self.stubs, key=lambda stage: f"stage {stage.number}" not in awaited)
        first = stubs[0] if stubs and f"stage {stubs[0].number}" in awaited else None
        for stage in self.stages:
            state, rows = self._state(stage), self._of(stage)
            if state == "failing":
                row = self._of(stage, Outcome.FAILING, Outcome.BROKEN)[0]
                what = f"check {row.number} ({row.title}) in {stage.file}"
                if row.at_import:
                    what = f"what keeps {stage.file} from being imported"
                return f"mend {what}, then run {self._command(row)}"
            if state == "stopped" or self.running in {row.number for row in rows}:
                return f"look at {stage.file}, then run {self._command(rows[0])}"
            if state in ("not done yet", "begun") and first in (None, stage):
                return self._write(stage, self._of(stage, Outcome.NOT_DONE))
        if self.whole and all(self._state(stage) == "done" for stage in self.stages):
            return "all visible checks pass; hand in your work"
        for stage in stubs:
            return f"stage {stage.number}, {stage.title}: {self._write(stage, [])}"
        return "run the checks of all stages: pytest without the name of a file"

    def _write(self, stage: StageFile, rows: list[Row]) -> str:
        """Return that a stage's functions are to be written, and which have lines that a ``raise`` still ends."""
        text = f"write {_functions(stage, rows)} in {stage.file}"
        if begun := [name for name in stage.functions if name in self.written_above]:
            text += f"; in {_and(begun)} the line raise NotImplementedError() below your own lines is to go"
        return text

    def _command(self, row: Row) -> str:
        try:
            path = os.path.relpath(row.path, self.here)
        except ValueError:  # another drive
            path = str(row.path)
        return f"pytest {path.replace(os.sep, '/')}"


def _functions(stage: StageFile, rows: list[Row]) -> str:
    """Return which functions are still to be written, as far as the checks say so."""
    calls = [row.message.called for row in rows if row.message]
    left = [name for name in stage.functions if any(re.search(rf"\b{name}\b", call) for call in calls)]
    return _and(left or stage.functions)


def _and(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _sum(rows: list[Row]) -> str:
    return f"{sum(row.points for row in rows):g}"
