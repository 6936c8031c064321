"""What an evolve function needs around it in this process: a start method, a time limit, its leftovers ended."""

import contextlib
import gc
import multiprocessing
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.pool import Pool
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from . import fault
from .student import StudentFault


@contextlib.contextmanager
def start_method(name: str | None) -> Iterator[None]:
    """Make a start method the default where this system has it."""
    before = multiprocessing.get_start_method(allow_none=True)
    if name in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method(name, force=True)
    try:
        yield
    finally:
        multiprocessing.set_start_method(before, force=True)


@contextlib.contextmanager
def findable(module: ModuleType | None) -> Iterator[None]:
    """Let workers that are forked find the module's functions by its name."""
    name = module.__name__ if module else ""
    before = sys.modules.get(name)
    if module is not None:
        sys.modules[name] = module
    try:
        yield
    finally:
        if before is not None:
            sys.modules[name] = before
        else:
            sys.modules.pop(name, None)


def within(seconds: float, called: str, call: Callable[[], Any]) -> Any:
    """Call in a thread and wait for its end, but not for ever.

    Args:
        seconds: how long it may take.
        called: the call in words, for the message.
        call: raises StudentFault and nothing else.

    Raises:
        StudentFault: what ``call`` raised, or that it took too long.
    """
    ends: list[Any] = []

    def run() -> None:
        try:
            ends.append(call())
        except StudentFault as seen:
            ends.append(seen)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    deadline = time.monotonic() + seconds
    while thread.is_alive() and time.monotonic() < deadline:
        thread.join(0.2)  # short, so that Ctrl-C is heard on Windows too
    if not ends:
        raise fault.too_long(called, seconds)
    if isinstance(ends[0], StudentFault):
        raise ends[0]
    return ends[0]


def end_leftover(earlier: set[BaseProcess]) -> int:
    """Return how many new processes are alive after a second, and end those."""
    if set(multiprocessing.active_children()) - earlier:
        gc.collect()  # a pool that nobody holds any more ends here
    deadline = time.monotonic() + 1.0
    while (left := set(multiprocessing.active_children()) - earlier) and time.monotonic() < deadline:
        time.sleep(0.01)
    pools = [found for found in gc.get_objects() if isinstance(found, Pool)] if left else []
    held = [pool for pool in pools if left & set(getattr(pool, "_pool", ()))]
    for pool in held:  # it would start new workers in the place of those that are ended
        ending = threading.Thread(target=pool.terminate, daemon=True)  # which may wait for a worker for ever
        ending.start()
        ending.join(1.0)
    for process in left:
        process.kill()
    return len(left)
