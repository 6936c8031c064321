"""What of a student's processes is left after a call, seen from outside."""

import time
from collections.abc import Callable

from . import processes
from .processes import Process
from .watch import Watch

GRACE = 1.0  # seconds that workers have after the call
LOADED = 5.0  # seconds at most while those left are still running: a loaded machine ends them late
SERVANTS = (b"from multiprocessing.forkserver import main", b"from multiprocessing.resource_tracker import main")


Known = frozenset[tuple[int, int]]  # processes by number and start


def present(watch: Watch) -> Known:
    """Return the processes beside the worker that are there before a call."""
    return frozenset((one.pid, one.started) for one in _others(watch))


def leftover(watch: Watch, before: Known, meanwhile: Callable[[float], None] = time.sleep) -> int:
    """Return how many processes that were not there before the call are alive a second after it.

    The standard library's fork server and resource tracker are not counted, the fork server's children are.
    ``meanwhile`` lets the seconds that it is given pass.
    """
    begin = time.monotonic()
    while left := [one for one in _others(watch) if (one.pid, one.started) not in before]:
        waited = time.monotonic() - begin
        if waited > LOADED or (waited > GRACE and not any(map(processes.busy, left))):
            break
        meanwhile(0.005)
    return len(left)


def _others(watch: Watch) -> list[Process]:
    """Return the living processes that are neither pid 1, nor the worker, nor a servant of the standard library."""
    seen = [one for one in watch.look() if one.alive and one.pid not in (watch.root, watch.worker)]
    servants = {one.pid: words for one in seen if (words := _servant(one))}
    exempt: dict[bytes, int] = {}  # at most one of a kind, the oldest; a fork server's children look like itself
    for one in sorted(seen, key=lambda one: one.started):
        if one.pid in servants and servants[one.pid] != servants.get(one.parent):
            exempt.setdefault(servants[one.pid], one.pid)
    return [one for one in seen if one.pid not in exempt.values()]


def _servant(one: Process) -> bytes:
    """Return which of the standard library's servants a process says it is, empty for any other."""
    words = processes.command(one.pid)
    return next((servant for servant in SERVANTS if servant in words), b"")
