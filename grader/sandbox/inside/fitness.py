"""The fitness, init and on_generation of a sealed evolve function: picklable, each call answered by the grader."""

import _socket
import builtins
import os
import threading
from typing import Any

import numpy as np

from ...kit import global_state
from ...kit.first_draw import first_draw
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
        """Return the grader's answer, asked over this thread's own connection; raise what it says is to be raised."""
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
            answer = wire.receive(line.recv)
        except (OSError, EOFError):
            _lines.pop(here, None)
            raise
        if "raise" in answer:
            raise getattr(builtins, answer["raise"])(answer["text"])
        return answer


class Fitness(Asked):
    """The ``fitness`` of a run."""

    def __call__(self, params: Any) -> float:
        """Return the fitness of params."""
        global_state.draw()
        return float(self.ask(ask="fitness", params=plain(params))["value"])


class Init(Asked):
    """The ``init`` of a run: draws a number from ``rng`` and gets the member that belongs to it."""

    def __call__(self, rng: Any = None) -> dict[str, np.ndarray[Any, Any]]:
        """Return one random member."""
        had_rng = isinstance(rng, np.random.Generator)
        draw = first_draw(rng if had_rng else np.random.default_rng())
        params: dict[str, np.ndarray[Any, Any]] = self.ask(ask="init", draw=draw, had_rng=had_rng)
        return params


class Watcher(Asked):
    """The ``on_generation`` of a run: tells the grader its arguments.

    As most such functions it can't be pickled; and what it returns means nothing.
    """

    def __reduce__(self) -> str:
        raise TypeError("on_generation stays in the process that evolves: it can't be sent to a worker")

    def __call__(self, generation: Any, best: Any, results: Any) -> bool:
        """Record one call."""
        self.ask(ask="generation", generation=plain(generation), best=plain(best), results=plain(listed(results)))
        return True
