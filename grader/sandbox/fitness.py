"""Answers a sealed evolve function's fitness, init and on_generation, and writes down every call."""

import builtins
import contextlib
import os
import selectors
import socket
import struct
import time
from dataclasses import dataclass, field
from typing import Any

from ..kit.plain import is_params, plain
from ..kit.run import FitnessCall, GenerationCall, InitCall, Problem, Run
from . import processes
from .inside import wire
from .seal import Seal

PATIENCE = 0.5  # seconds without a newcomer and with nothing in the seal running, after which a round is answered
LONGEST_WAIT = 5.0  # seconds without a newcomer, whatever runs
EMPTY_ROUNDS = 3  # rounds in a row that did not fill, after which no call waits any more
MOST_BYTES = 256 << 20  # of questions in one run
MOST_LINES = 512
CREDENTIALS = struct.Struct("3i")
Worker = tuple[int, int]  # a process' number and when it started


@dataclass
class Line:
    """One connection from inside the seal."""

    socket: socket.socket
    inbox: bytearray = field(default_factory=bytearray)
    sender: Worker | None = None
    workers: dict[int, Worker] = field(default_factory=dict)


@dataclass
class Waiting:
    """A call of fitness that is not answered yet."""

    line: Line
    worker: Worker
    params: Any


class FitnessServer:
    """Serves the runs of one seal, one at a time.

    Who asks is told by the kernel (SCM_CREDENTIALS): a process' number outside and when it started.

    Args:
        seal: the seal, whose worker has been heard of.
    """

    def __init__(self, seal: Seal) -> None:
        if seal.door is None:
            raise RuntimeError("the seal has no door: it has not started")
        self._watch, self._door = seal.watch, seal.door
        self._door.setblocking(False)
        self._door.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._lines: list[Line] = []
        self._selector: selectors.BaseSelector | None = None

    def begin(self, problem: Problem, rendezvous: int | None) -> None:
        """Start the log of a run."""
        self.run = Run()
        self._problem, self._rendezvous = problem, rendezvous
        self._waiting: list[Waiting] = []
        self._numbers: dict[Worker, int] = {}
        self._newest, self._empty, self._bytes = 0.0, 0, 0
        self._error: Exception | None = None
        self._watch.find_worker()

    def finish(self) -> None:
        """End the run.

        Raises:
            Exception: what the problem raised, where that was the grader's own mistake.
        """
        self._waiting = []
        self._watch.answering = False
        if self._error is not None:
            raise self._error

    def attach(self, selector: selectors.BaseSelector) -> None:
        """Listen to the seal's questions."""
        self._selector = selector
        selector.register(self._door, selectors.EVENT_READ, self._accept)
        for line in self._lines:
            self._register(line)

    def detach(self, selector: selectors.BaseSelector) -> None:
        """Listen no more; questions wait until the next run."""
        self._selector = None
        with contextlib.suppress(KeyError, ValueError, RuntimeError, OSError):
            for listened in (self._door, *(line.socket for line in self._lines)):
                selector.unregister(listened)

    def due(self) -> None:
        """Answer a round that nobody else will join."""
        if not self._waiting:
            return
        now, resting = time.monotonic(), self._watch.resting_since
        rested = resting is not None and now - max(resting, self._newest) > PATIENCE
        if rested or now - self._newest > LONGEST_WAIT:
            self._answer_round()

    def _register(self, line: Line) -> None:
        if self._selector is not None:
            self._selector.register(line.socket, selectors.EVENT_READ, lambda: self._read(line))

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._door.accept()
            if len(self._lines) >= MOST_LINES:
                connection.close()
                return
            connection.setblocking(False)
            line = Line(connection)
            self._lines.append(line)
            self._register(line)

    def _drop(self, line: Line) -> None:
        """Hang up on a process that is gone or doesn't keep to the form."""
        if line in self._lines:
            self._lines.remove(line)
            if self._selector is not None:
                self._selector.unregister(line.socket)
            line.socket.close()

    def _read(self, line: Line) -> None:
        """Read from a connection, and take up the questions that are complete."""
        try:
            part, extra, _, _ = line.socket.recvmsg(1 << 16, socket.CMSG_SPACE(CREDENTIALS.size))
        except BlockingIOError:
            return
        except OSError:
            part, extra = b"", []
        sender = self._sender(line, extra)
        if not part or sender is None or (line.inbox and line.sender != sender):
            self._drop(line)
            return
        line.sender = sender
        line.inbox += part
        self._bytes += len(part)
        if self._bytes > MOST_BYTES:
            self._watch.stop("reply")
            return
        try:
            while (question := _question(line.inbox)) is not None:
                self._take(line, sender, question)
        except (wire.Garbage, wire.TooBig, KeyError, TypeError, ValueError):
            self._drop(line)

    def _sender(self, line: Line, extra: list[tuple[int, int, bytes]]) -> Worker | None:
        """Return who sent it, by the kernel's word; descriptors that came along are closed."""
        found = None
        for level, kind, content in extra:
            if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                pid = CREDENTIALS.unpack(content[: CREDENTIALS.size])[0]
                if pid not in line.workers:
                    one = processes.process(pid)
                    line.workers[pid] = (pid, one.started if one else -1)
                found = line.workers[pid]
            elif kind == socket.SCM_RIGHTS:
                for (descriptor,) in struct.iter_unpack("i", content[: len(content) // 4 * 4]):
                    os.close(descriptor)
        return found

    def _take(self, line: Line, worker: Worker, question: dict[str, Any]) -> None:
        """Answer a question, or let it wait for its round."""
        self._watch.answering = True
        try:
            before = len(self.run.calls) + len(self._waiting)
            if question["ask"] == "fitness":
                self._fitness(Waiting(line, worker, question["params"]))
            elif question["ask"] == "init":
                draw, had_rng = int(question["draw"]), bool(question["had_rng"])
                params = self._problem.member(draw)
                self.run.inits.append(InitCall(draw, had_rng, plain(params), before))
                self._send(line, params)
            else:
                words = (question["generation"], question["best"], question["results"])
                self.run.generations.append(GenerationCall(*words, before))
                self._send(line, {})
        finally:
            self._watch.answering = bool(self._waiting)

    def _fitness(self, call: Waiting) -> None:
        self._waiting.append(call)
        self._newest = time.monotonic()
        expected = self._rendezvous
        if expected is None or self._empty >= EMPTY_ROUNDS or self._present() >= expected:
            self._answer_round()

    def _present(self) -> int:
        """Return how many different processes wait."""
        return len({call.worker for call in self._waiting})

    def _answer_round(self) -> None:
        """Answer all calls that wait, the newest first: so results that are taken as they come are out of order."""
        if self._rendezvous is not None:
            present = self._present()
            self.run.rounds.append(present)
            self._empty = 0 if present >= self._rendezvous else self._empty + 1
        calls, self._waiting = self._waiting, []
        for call in reversed(calls):
            self._answer(call)
        self._watch.answering = False

    def _answer(self, call: Waiting) -> None:
        """Answer one call of fitness and write it down."""
        value: float | None = None
        try:
            if not is_params(call.params):
                raise TypeError(f"fitness got a {type(call.params).__name__}, expected params: a dict of arrays")
            value = float(self._problem.fitness(call.params))
            answer: dict[str, Any] = {"value": value}
        except Exception as error:
            name = type(error).__name__
            if getattr(builtins, name, None) is not type(error):
                self._error, name = error, "RuntimeError"
            answer = {"raise": name, "text": str(error)}
        number = self._numbers.setdefault(call.worker, len(self._numbers))
        in_parent = call.worker[0] == self._watch.worker
        self.run.calls.append(FitnessCall(call.params, value, number, in_parent))
        self._send(call.line, answer)

    def _send(self, line: Line, answer: Any) -> None:
        frame = wire.pack(answer)
        try:
            sent = line.socket.send(frame)
        except OSError:
            sent = 0
        if sent < len(frame):  # nobody reads there
            self._drop(line)


def _question(inbox: bytearray) -> dict[str, Any] | None:
    """Take the next whole question out of what was read, None while there is none."""
    if len(inbox) < wire.HEAD.size:
        return None
    head = bytes(inbox[: wire.HEAD.size])
    end = wire.HEAD.size + wire.size_of(head)
    if len(inbox) < end:
        return None
    question = wire.unpack(head, bytes(inbox[wire.HEAD.size : end]))
    del inbox[:end]
    if not isinstance(question, dict):
        raise wire.Garbage("no question")
    return question
