"""Answers a sealed evolve function's fitness, init and on_generation, and writes down every call."""

import builtins
import contextlib
import selectors
import socket
import time
from dataclasses import dataclass
from typing import Any

from ..kit.describe import describe
from ..kit.plain import is_params, plain
from ..kit.run import FitnessCall, GenerationCall, InitCall, Interrupting, Params, Problem, Run
from .leftover import present
from .lines import HungUp, Line, Worker
from .seal import Seal

PATIENCE = 0.5  # seconds without a newcomer and with nothing in the seal running, after which a round is answered
SHORT_ROUNDS, LESS_PATIENCE = 4, 0.1  # the same where so many rounds in a row were short of workers
LONGEST_WAIT = 5.0  # seconds without a newcomer, whatever runs
EMPTY_ROUNDS = 4  # rounds in a row with one worker alone, after which no call waits any more; no fair split of a
# population, four members a worker, has so many
MOST_BYTES = 256 << 20  # of questions in one run
TEXT_GROWS = 40  # times, where JSON of many small things is read and kept
MOST_LINES = 512
REPLACED = 1.0  # seconds in which a pool puts a new worker in the place of an old one
DRAWS = range(2**62)


@dataclass
class Waiting:
    """A call of fitness that is not answered yet."""

    line: Line
    worker: Worker
    params: Any


class FitnessServer:
    """Serves the runs of one seal, one at a time.

    Args:
        seal: the seal, whose worker has been heard of.
    """

    def __init__(self, seal: Seal) -> None:
        if seal.door is None:
            raise RuntimeError("the seal has no door: it has not started")
        self._watch, self._door, self._named = seal.watch, seal.door, seal.named
        self._door.setblocking(False)
        if self._named:
            self._door.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._lines: list[Line] = []
        self._selector: selectors.BaseSelector | None = None

    def begin(self, problem: Problem, rendezvous: int | None) -> None:
        """Start the log of a run."""
        self.run = Run()
        self._problem, self._rendezvous = problem, rendezvous
        self._waiting: list[Waiting] = []
        self._numbers: dict[Worker, int] = {}
        self._newest, self._short, self._empty, self._bytes = 0.0, 0, 0, 0
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
        with contextlib.suppress(KeyError, ValueError, RuntimeError, OSError):  # the seal may be closed
            for listened in (self._door, *(line.socket for line in self._lines)):
                selector.unregister(listened)

    def serve(self, seconds: float) -> None:
        """Answer what is asked in the meantime: a worker may still be testing when its caller has gone on."""
        with selectors.DefaultSelector() as selector:
            self.attach(selector)
            try:
                for key, _ in selector.select(seconds):
                    key.data()
                self.due()
            finally:
                self.detach(selector)

    def due(self) -> None:
        """Answer a round that nobody else will join."""
        if not self._waiting:
            return
        now, resting = time.monotonic(), self._watch.resting_since
        patience = PATIENCE if self._short < SHORT_ROUNDS else LESS_PATIENCE
        rested = resting is not None and now - max(resting, self._newest) > patience
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
            line = Line(connection, self._named)
            self._lines.append(line)
            self._register(line)

    def _drop(self, line: Line) -> None:
        if line in self._lines:
            self._lines.remove(line)
            if self._selector is not None:
                self._selector.unregister(line.socket)
            line.socket.close()

    def _read(self, line: Line) -> None:
        """Read from a connection, and take up the questions that are complete."""
        try:
            self._bytes += line.read()
            while (asked := line.question()) is not None:
                self._bytes += TEXT_GROWS * line.text
                self._watch.answering = True
                self._take(line, *asked)
            if self._bytes > MOST_BYTES:
                self._watch.stop("reply")
                for log in (self.run.calls, self.run.inits, self.run.generations):
                    log.clear()
        except HungUp:
            self._drop(line)
        finally:
            self._watch.answering = bool(self._waiting)

    def _take(self, line: Line, worker: Worker, question: dict[str, Any]) -> None:
        """Answer a question, or let it wait for its round; raise HungUp for one that is none."""
        before = len(self.run.calls) + len(self._waiting)
        match question:
            case {"ask": "fitness", "params": params}:
                self._fitness(Waiting(line, worker, params))
            case {"ask": "init", "draw": int(draw), "had_rng": bool(had_rng)} if draw in DRAWS:
                params = self._member(draw)
                self.run.inits.append(InitCall(draw, had_rng, plain(params), before))
                line.send(params)
            case {"ask": "generation", "generation": generation, "best": best, "results": results}:
                self.run.generations.append(GenerationCall(generation, best, results, before, self._pool_there()))
                line.send(self._interruption())
            case _:
                raise HungUp

    def _pool_there(self) -> bool:
        """Return whether a process beside the worker lives, where others have tested; a new one has a second to come.

        A pool may be replacing its workers just now. Once none was there, nobody waits for one any more.
        """
        if all(call.in_parent for call in self.run.calls) or not all(one.pool_there for one in self.run.generations):
            return True
        deadline = time.monotonic() + REPLACED
        while not (there := bool(present(self._watch))) and time.monotonic() < deadline:
            time.sleep(0.02)
        return there

    def _member(self, draw: int) -> Params:
        """Return a member of generation 0; a failure is the grader's own mistake, kept for the end of the run."""
        try:
            return self._problem.member(draw)
        except Exception as error:
            self._error = error
            return {}

    def _fitness(self, call: Waiting) -> None:
        self._waiting.append(call)
        self._newest = time.monotonic()
        expected = self._rendezvous
        if expected is None or self._empty >= EMPTY_ROUNDS or self._present() >= expected:
            self._answer_round()

    @property
    def testers(self) -> frozenset[Worker]:
        """The processes that called fitness in this run."""
        return frozenset(self._numbers)

    def _present(self) -> int:
        """Return how many different processes wait."""
        return len({call.worker for call in self._waiting})

    def _answer_round(self) -> None:
        """Answer all calls that wait, the newest first: so results that are taken as they come are out of order."""
        if self._rendezvous is not None:
            present = self._present()
            self.run.rounds.append(present)
            self._short = 0 if present >= self._rendezvous else self._short + 1
            self._empty = 0 if present > 1 or present >= self._rendezvous else self._empty + 1
        calls, self._waiting = self._waiting, []
        for call in reversed(calls):
            answer = self._answer(call)
            try:
                call.line.send(answer)
            except HungUp:
                self._drop(call.line)
        self._watch.answering = False

    def _answer(self, call: Waiting) -> dict[str, Any]:
        """Return the answer to a call of fitness, and write the call down."""
        value: float | None = None
        try:
            if not is_params(call.params):
                raise TypeError(f"fitness got {describe(call.params)}, expected params: a dict of arrays")
            value = float(self._problem.fitness(call.params))
            answer: dict[str, Any] = {"value": value}
        except Exception as error:
            answer = self._raised(error)
        number = self._numbers.setdefault(call.worker, len(self._numbers))
        in_parent = call.worker[0] == self._watch.worker
        self.run.calls.append(FitnessCall(call.params, value, number, in_parent))
        return answer

    def _interruption(self) -> dict[str, Any]:
        """Return the answer to a call of on_generation."""
        return self._raised(self._problem.interruption()) if isinstance(self._problem, Interrupting) else {}

    def _raised(self, error: Exception) -> dict[str, Any]:
        """Return the answer that has an exception raised where the question came from."""
        return {"raise": self._name(error), "text": str(error)}

    def _name(self, error: Exception) -> str:
        """Return the built-in exception to raise in the seal.

        Numpy's own ones come from odd params and have built-in parents; any other is the grader's mistake.
        """
        kind = type(error)
        if kind.__module__.startswith("numpy"):
            kind = next(parent for parent in kind.__mro__ if parent.__module__ == "builtins")
        if getattr(builtins, kind.__name__, None) is kind:
            return str(kind.__name__)
        self._error = error
        return "RuntimeError"
