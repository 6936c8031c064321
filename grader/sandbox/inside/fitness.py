"""The fitness, init and on_generation of a sealed evolve function: picklable, each call answered by the grader."""

import _socket
import builtins
import os
import threading
from typing import Any

import numpy as np

from ...kit.plain import listed, plain
from . import wire

Address = str | bytes | tuple[str, int]

_lines: dict[tuple[int, int], _socket.socket] = {}  # process and thread -> its connection to the grader


class Asked:
    """Something that the grader answers for.

    Args:
        door: the address at which the grader listens; a host and a port where there are no Unix sockets.
        claim: whether each question says the number of its process, for where the system doesn't tell the grader.
    """

    def __init__(self, door: Address, claim: bool = False) -> None:
        self.door, self.claim = door, claim

    def ask(self, **question: Any) -> Any:
        """Ask the grader, over this thread's own connection, and wait for the answer."""
        here = os.getpid(), threading.get_ident()
        if (line := _lines.get(here)) is None:
            family = _socket.AF_INET if isinstance(self.door, tuple) else _socket.AF_UNIX
            line = _socket.socket(family, _socket.SOCK_STREAM)
            line.connect(self.door)
            _lines[here] = line
        if self.claim:
            question["pid"] = os.getpid()
        try:
            line.sendall(wire.pack(question))
            return wire.receive(line.recv)
        except (OSError, EOFError):
            _lines.pop(here, None)
            raise


class Fitness(Asked):
    """The ``fitness`` of a run."""

    def __call__(self, params: Any) -> float:
        """Return the fitness of params; raise what the grader says."""
        answer = self.ask(ask="fitness", params=plain(params))
        if "raise" in answer:
            raise getattr(builtins, answer["raise"])(answer["text"])
        return float(answer["value"])


class Init(Asked):
    """The ``init`` of a run: draws a number from ``rng`` and gets the member that belongs to it."""

    def __call__(self, rng: Any = None) -> dict[str, np.ndarray[Any, Any]]:
        """Return one random member."""
        had_rng = isinstance(rng, np.random.Generator)
        draw = int((rng if had_rng else np.random.default_rng()).integers(2**62))
        params: dict[str, np.ndarray[Any, Any]] = self.ask(ask="init", draw=draw, had_rng=had_rng)
        return params


class Watcher(Asked):
    """The ``on_generation`` of a run: tells the grader its arguments."""

    def __call__(self, generation: Any, best: Any, results: Any) -> None:
        """Record one call."""
        self.ask(ask="generation", generation=plain(generation), best=plain(best), results=plain(listed(results)))
