"""The engine ``ray``: a cluster of machines, each with a share of the population.

Which members and seeds make a block is fixed before anything is sent, and a block's fitness depends on nothing else,
so the answer is the same on one node and on eight, and a block whose worker or node died is simply played again.
"""

import contextlib
import os
import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ray

from evolution_ref.engines import MapFn, Setup
from evolution_ref.mistakes import WrongCall

BLOCKS = 32
"""Blocks of a population: enough for many nodes to end at the same time."""
BLOCK = 2048
"""Members of a block at most. Ray takes nearly a millisecond a call, so single members would be slow."""
PATIENCE = 5.0
"""Seconds in which a cluster's address must answer."""


class RayMap:
    """A ``map`` over a Ray cluster."""

    def __init__(self) -> None:
        self._test = ray.remote(max_retries=-1)(_test)

    def __call__(self, fitness: Any, *columns: Sequence[Any]) -> list[float]:
        """Return the fitness of each member, in order."""
        size = len(columns[0])
        block = min(BLOCK, -(-size // BLOCKS))
        parts = [slice(first, first + block) for first in range(0, size, block)]
        shared = ray.put(fitness)
        calls = [self._test.remote(shared, *(column[part] for column in columns)) for part in parts]
        try:
            waiting = calls
            while waiting:  # in short waits, so that Ctrl-C is heard
                _, waiting = ray.wait(waiting, num_returns=len(waiting), timeout=0.2)
            return [result for results in ray.get(calls) for result in results]
        except ray.exceptions.RayTaskError as error:
            raise error.cause from None


def _test(fitness: Any, *columns: Sequence[Any]) -> list[float]:
    """Return the fitness of each member of a block, all at once where the fitness can do that."""
    if hasattr(fitness, "batch") and len(columns) == 2:
        return [float(value) for value in fitness.batch(*columns)]
    return [float(value) for value in map(fitness, *columns)]


@contextmanager
def open_engine(setup: Setup) -> Iterator[MapFn]:
    """Give a ``map`` over the cluster at ``setup.address``, or over one of ``setup.processes`` on this machine.

    Raises:
        WrongCall: no cluster answers at the address.
    """
    with _own_handler_again():
        yield from _opened(setup)


@contextmanager
def _own_handler_again() -> Iterator[None]:
    """Give SIGTERM the handler again that it had: Ray sets one that exits, and leaves it.

    Where a pool's worker gets the signal while it is being forked, Python ignores the exit and the pool waits for ever.
    """
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if before is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)


def _opened(setup: Setup) -> Iterator[MapFn]:
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else Ray warns of a change to come
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": True}
    if setup.address is None:
        setup.say("Starting Ray on this machine: some seconds.")
        try:
            ray.init(address="local", num_cpus=setup.processes, include_dashboard=False, **quiet)
        except Exception as error:  # a plain Exception is what Ray raises when its processes come up too slowly
            ray.shutdown()
            reason = _first_line(error).split(".")[0]
            raise WrongCall(f"Ray did not start on this machine ({reason}); take pool") from error
    else:
        _must_answer(setup.address)
        try:
            ray.init(address=setup.address, **quiet)
        except Exception as error:  # Ray raises many kinds, all of them "no cluster that I can join"
            raise WrongCall(f"--address {setup.address}: no Ray cluster to join: {_first_line(error)}") from error
    try:
        yield RayMap()
    finally:
        with contextlib.suppress(KeyboardInterrupt):
            ray.shutdown()


def _must_answer(address: str) -> None:
    """Raise WrongCall unless something listens at host:port; ``auto`` and named addresses are Ray's to find."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        return
    try:
        socket.create_connection((host, int(port)), timeout=PATIENCE).close()
    except OSError as error:
        start = "start one with 'ray start --head'"
        raise WrongCall(f"--address {address}: no Ray cluster answers there ({_first_line(error)}); {start}") from error


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
