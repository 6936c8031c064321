"""What answers ``fitness`` and ``init`` on a student's machine, and writes down every call."""

import os
import threading
import time
from typing import Any

from .describe import describe
from .plain import is_params, listed, plain
from .run import FitnessCall, GenerationCall, InitCall, Interrupting, Params, Problem, Run

PATIENCE = 1.0  # seconds that a rendezvous waits for one more worker
SHORT_ROUNDS, LESS_PATIENCE = 4, 0.1  # the same where so many rounds in a row were short of workers
EMPTY_ROUNDS = 4  # rounds in a row with one worker alone, after which nobody waits any more


class _Round:
    """Calls that wait to be answered together."""

    def __init__(self) -> None:
        self.workers: set[int] = set()
        self.newest = time.monotonic()
        self.released = False


class Ledger:
    """The calls of one run, in the order in which they were answered; safe to call from many threads."""

    def __init__(self, problem: Problem, rendezvous: int | None) -> None:
        self.run = Run()
        self._problem, self._rendezvous = problem, rendezvous
        self._parent = os.getpid()
        self._numbers: dict[int, int] = {}
        self._change = threading.Condition()
        self._round = _Round()
        self._short = self._empty = 0

    def fitness(self, pid: int, argument: Any) -> float:
        """Answer process ``pid``; raise what the problem raises, to be raised where fitness was called."""
        with self._change:
            worker = self._numbers.setdefault(pid, len(self._numbers))
            if self._rendezvous is not None:
                self._meet(worker, self._rendezvous)
            argument = plain(argument)
            value: float | None = None
            try:
                if not is_params(argument):
                    raise TypeError(f"fitness got {describe(argument)}, expected params: a dict of arrays")
                value = float(self._problem.fitness(argument))
            finally:
                self.run.calls.append(FitnessCall(argument, value, worker, pid == self._parent))
            return value

    def init(self, draw: int, had_rng: bool) -> Params:
        """Answer one call of ``init``."""
        with self._change:
            params = self._problem.member(draw)
            self.run.inits.append(InitCall(draw, had_rng, plain(params), len(self.run.calls)))
            return params

    def on_generation(self, generation: Any, best: Any, results: Any) -> bool:
        """Write down one call of ``on_generation``, or raise what the problem raises there; True means nothing."""
        with self._change:
            seen = GenerationCall(plain(generation), plain(best), plain(listed(results)), len(self.run.calls))
            self.run.generations.append(seen)
            if isinstance(self._problem, Interrupting):
                raise self._problem.interruption()
            return True

    def _meet(self, worker: int, expected: int) -> None:
        """Wait until enough different workers wait, or nobody new has come for a while."""
        meeting = self._round
        if worker not in meeting.workers:
            meeting.workers.add(worker)
            meeting.newest = time.monotonic()
        if len(meeting.workers) >= expected or self._empty >= EMPTY_ROUNDS:
            self._release(meeting, expected)
        while not meeting.released:
            patience = PATIENCE if self._short < SHORT_ROUNDS else LESS_PATIENCE
            left = meeting.newest + patience - time.monotonic()
            if left <= 0:
                self._release(meeting, expected)
            else:
                self._change.wait(left)

    def _release(self, meeting: _Round, expected: int) -> None:
        """Let a round's calls be answered and open the next round."""
        meeting.released = True
        self.run.rounds.append(len(meeting.workers))
        present = len(meeting.workers)
        self._short = 0 if present >= expected else self._short + 1
        self._empty = 0 if present > 1 or present >= expected else self._empty + 1
        self._round = _Round()
        self._change.notify_all()
