"""The scoreboard's text: the messages of what fails, a line a stage, the points seen so far and one next step."""

import os
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from .message import Message
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

    @property
    def stage(self) -> int:
        """The stage, the number before the dot."""
        return int(self.number.split(".")[0])


class Board:
    """The end of a run: ``stubs`` are the stages still to be written, run or not."""

    def __init__(
        self,
        stages: Sequence[StageFile],
        rows: Sequence[Row],
        here: Path,
        stubs: Sequence[StageFile] = (),
        traces: bool = False,
    ) -> None:
        self.rows, self.here, self.stubs, self.traces = rows, here, stubs, traces
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
            terminal.write_line(_printable(self._line(stage, width), encoding), **{colour: True})
        terminal.write_line("")
        self._lines(terminal, self._last_words(width), encoding)

    def _lines(self, terminal: Any, lines: Iterator[str], encoding: str) -> None:
        for line in lines:
            terminal.write_line(_printable(line, encoding))

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
        return "done"

    def _line(self, stage: StageFile, width: int) -> str:
        """Return a stage's line: number, title, state, points; the title gives way on a narrow screen."""
        points = ""
        if self._of(stage, Outcome.PASSED, Outcome.FAILING, Outcome.BROKEN):
            points = f"  {_sum(self._of(stage, Outcome.PASSED))} of {_sum(self._of(stage))}"
        end = f"{self._state(stage)}{points}"
        title = f"Stage {stage.number}  {stage.title}{' (bonus)' if stage.bonus else ''}"
        room = max(8, min(width - 1, 100) - len(end) - 2)
        return f"{_cut(title, room):<{min(room, 54)}}  {end}"

    def _messages(self, stage: StageFile, width: int) -> Iterator[str]:
        """Yield the message of a stage's most basic failing check, whole, and the names of the others."""
        first, *others = self._of(stage, Outcome.FAILING, Outcome.BROKEN)
        yield from _wrapped(f"Stage {stage.number}, check {first.number}: {first.title}", width, "")
        yield from _wrapped(first.sentence, width, "    ")
        yield ""
        for line in first.message.text().splitlines() if first.message else [BROKEN]:
            yield from _labelled(line, width)
        if self.traces and first.message:
            yield from ("", *first.trace.splitlines())
        more = f"{self._command(first)} -k {first.number}"
        yield from _labelled(f"Look further: {more}{' --tb=short' if first.trace and not self.traces else ''}", width)
        if others:
            names = ", ".join(f"{row.number} {row.title}" for row in others)
            yield from _labelled(f"Failing too: {names}", width)

    def _last_words(self, width: int) -> Iterator[str]:
        """Yield the points, what they leave out, and the next step."""
        seen, visible = _sum(self._of_all(Outcome.PASSED)), _sum(self._of_all())
        yield from _wrapped(
            f"Points seen so far: {seen} of {visible}. These are the visible checks; hidden checks also exist "
            "and are run when your work is graded.",
            width,
            "",
        )
        yield from _wrapped(f"Next: {self._next()}", width, "")

    def _of_all(self, *outcomes: Outcome) -> list[Row]:
        return [row for stage in self.stages for row in self._of(stage, *outcomes)]

    def _next(self) -> str:
        """Return the one next step."""
        for stage in self.stages:
            state = self._state(stage)
            if state == "failing":
                row = self._of(stage, Outcome.FAILING, Outcome.BROKEN)[0]
                return f"mend check {row.number} ({row.title}) in {stage.file}, then run {self._command(row)}"
            if state in ("not done yet", "begun"):
                return f"write {_functions(stage, self._of(stage, Outcome.NOT_DONE))} in {stage.file}"
        if self.whole and all(self._state(stage) == "done" for stage in self.stages):
            return "all visible checks pass; hand in your work"
        for stage in self.stubs:
            return f"stage {stage.number}, {stage.title}: write {_functions(stage, [])} in {stage.file}"
        return "run the checks of all stages: pytest without the name of a file"

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
    *names, last = left or stage.functions
    return f"{', '.join(names)} and {last}" if names else last


def _sum(rows: list[Row]) -> str:
    return f"{sum(row.points for row in rows):g}"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, max(20, min(width - 1, 110)), initial_indent=indent, subsequent_indent=indent)


def _labelled(line: str, width: int) -> list[str]:
    """Return "Label: value" with the values of all labels under one another, where there is room."""
    label, colon, value = line.partition(": ")
    if not colon or len(label) > 18:
        return _wrapped(line, width, "    ")
    if width < 72:
        return _wrapped(f"{label}: {value}", width, "  ")
    lines = textwrap.wrap(value, min(width - 1, 110) - 24) or [""]
    return [f"    {label:<18}  {lines[0]}", *(f"{'':<24}{more}" for more in lines[1:])]


def _printable(text: str, encoding: str) -> str:
    """Return the text as the terminal's encoding can show it."""
    plain = text.replace("…", "~").replace("×", "x").replace("–", "-")
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError:
        return plain.encode(encoding, "replace").decode(encoding)
