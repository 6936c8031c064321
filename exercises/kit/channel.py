"""``fitness`` and ``init`` as picklable objects: in the process that evolves they ask the ledger, in a worker a pipe.

Works under every start method and on every system: a Unix socket, on Windows a named pipe. What crosses it is text
and raw arrays, nothing pickled.
"""

import builtins
import contextlib
import json
import os
import secrets
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client, Connection, Listener
from typing import Any

import numpy as np

from . import global_state
from .first_draw import first_draw
from .ledger import Ledger
from .plain import as_params, is_params, plain
from .run import Params

_here: dict[str, tuple[int, Ledger]] = {}  # name of a run -> the process that holds its ledger, and the ledger
_pipes = threading.local()  # a connection a thread of a worker


class _Door:
    """Where a run's calls are answered."""

    def __init__(self, name: str, address: Any, key: bytes) -> None:
        self.name, self.address, self.key = name, address, key

    def ledger(self) -> Ledger | None:
        """Return the ledger where this process holds it."""
        pid, ledger = _here.get(self.name, (0, None))
        return ledger if pid == os.getpid() else None

    def ask(self, question: dict[str, Any], arrays: Params) -> tuple[dict[str, Any], Params]:
        """Ask from a worker and wait for the answer."""
        if getattr(_pipes, "of", None) != (self.name, os.getpid()):
            _pipes.of, _pipes.pipe = (self.name, os.getpid()), Client(self.address, authkey=self.key)
        _pipes.pipe.send_bytes(_packed({**question, "pid": os.getpid()}, arrays))
        return _unpacked(_pipes.pipe.recv_bytes())


class Fitness(_Door):
    """The ``fitness`` of a run."""

    def __call__(self, params: Any) -> float:
        """Return the fitness of params."""
        global_state.draw()
        if (ledger := self.ledger()) is not None:
            return ledger.fitness(os.getpid(), params)
        value = plain(params)
        whole = is_params(value)
        question = {"ask": "fitness", "type": "" if whole else type(params).__name__}
        answer, _ = self.ask(question, as_params(value) if whole else {})
        if "raise" in answer:
            raise getattr(builtins, answer["raise"])(answer["text"])
        return float(answer["value"])


class Init(_Door):
    """The ``init`` of a run: draws a number, and gets the member that belongs to it."""

    def __call__(self, rng: Any = None) -> Params:
        """Return one random member."""
        had_rng = isinstance(rng, np.random.Generator)
        draw = first_draw(rng if had_rng else np.random.default_rng())
        if (ledger := self.ledger()) is not None:
            return ledger.init(draw, had_rng)
        return self.ask({"ask": "init", "draw": draw, "had_rng": had_rng}, {})[1]


@contextlib.contextmanager
def opened(ledger: Ledger) -> Iterator[tuple[Fitness, Init]]:
    """Yield the ``fitness`` and ``init`` of a run, answered until the block ends."""
    name, key = secrets.token_hex(8), secrets.token_bytes(16)
    listener = Listener(backlog=64, authkey=key)
    over = threading.Event()
    _here[name] = (os.getpid(), ledger)
    server = threading.Thread(target=_serve, args=(listener, ledger, over), daemon=True)
    server.start()
    try:
        yield Fitness(name, listener.address, key), Init(name, listener.address, key)
    finally:
        del _here[name]
        over.set()
        with contextlib.suppress(OSError, EOFError):
            Client(listener.address, authkey=key).close()  # wakes the server
        server.join(1.0)
        listener.close()


def _serve(listener: Listener, ledger: Ledger, over: threading.Event) -> None:
    """Give every worker that comes a thread of its own."""
    while not over.is_set():
        try:
            pipe: Connection[Any, Any] = listener.accept()
        except Exception:  # a worker that died at the door
            continue
        threading.Thread(target=_answer, args=(pipe, ledger), daemon=True).start()


def _answer(pipe: "Connection[Any, Any]", ledger: Ledger) -> None:
    """Answer one worker until it is gone."""
    with pipe, contextlib.suppress(OSError, EOFError):
        while True:
            pipe.send_bytes(_packed(*_reply(ledger, *_unpacked(pipe.recv_bytes()))))


def _reply(ledger: Ledger, question: dict[str, Any], arrays: Params) -> tuple[dict[str, Any], Params]:
    """Return the answer to one question."""
    if question["ask"] == "init":
        return {}, ledger.init(question["draw"], question["had_rng"])
    try:
        return {"value": ledger.fitness(question["pid"], arrays if not question["type"] else question["type"])}, {}
    except Exception as error:
        name = type(error).__name__
        return {"raise": name if hasattr(builtins, name) else "RuntimeError", "text": str(error)}, {}


def _packed(words: dict[str, Any], arrays: Params) -> bytes:
    """Return a line of JSON and the arrays' bytes after it."""
    solid = {key: np.ascontiguousarray(value).reshape(np.shape(value)) for key, value in arrays.items()}
    shapes = [[key, value.dtype.str, value.shape] for key, value in solid.items()]
    head = json.dumps({"words": words, "arrays": shapes}).encode()
    return b"\n".join([head, b"".join(value.tobytes() for value in solid.values())])


def _unpacked(message: bytes) -> tuple[dict[str, Any], Params]:
    """Undo _packed."""
    head, _, body = message.partition(b"\n")
    table = json.loads(head)
    arrays, start = {}, 0
    for key, dtype, shape in table["arrays"]:
        count = int(np.prod(shape, dtype=int))
        arrays[key] = np.frombuffer(body, dtype, count, start).reshape(shape).copy()
        start += arrays[key].nbytes
    return table["words"], arrays
