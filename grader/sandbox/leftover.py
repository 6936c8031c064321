"""What of a student's processes is left after a call, seen from outside."""

import contextlib
import os
import signal
import time

from . import processes
from .processes import Process
from .watch import Watch

GRACE = 1.0  # seconds that workers have after the call
LOADED = 5.0  # seconds at most while those left are still running: a loaded machine ends them late
SERVANTS = (b"from multiprocessing.forkserver import main", b"from multiprocessing.resource_tracker import main")


def leftover(watch: Watch) -> int:
    """Return how many processes beside the worker are alive after a second, and end those.

    The standard library's fork server and resource tracker are not counted, the fork server's children are.
    """
    begin = time.monotonic()
    while left := _left(watch):
        waited = time.monotonic() - begin
        if waited > LOADED or (waited > GRACE and not any(map(processes.busy, left))):
            break
        time.sleep(0.005)
    for one in left:
        with contextlib.suppress(OSError):
            os.kill(one.pid, signal.SIGKILL)
    return len(left)


def _left(watch: Watch) -> list[Process]:
    """Return the living processes that are neither pid 1, nor the worker, nor a servant of the standard library."""
    seen = [one for one in watch.look() if one.alive and one.pid not in (watch.root, watch.worker)]
    servants = {one.pid: words for one in seen if (words := _servant(one))}
    exempt = {pid for one in seen if (pid := one.pid) in servants and servants[pid] != servants.get(one.parent)}
    return [one for one in seen if one.pid not in exempt]


def _servant(one: Process) -> bytes:
    """Return which of the standard library's servants a process says it is, empty for any other."""
    words = processes.command(one.pid)
    return next((servant for servant in SERVANTS if servant in words), b"")
