"""A lock on a file, let go by the system when its holder dies, and the lock on an ``--out`` folder."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from .submission import WrongCall

LOCK = ".lock"


def open_lock(path: Path) -> int:
    """Return a descriptor of a lock's file, made where it is missing; a link is not followed.

    Raises:
        OSError: it cannot be made.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(path, flags, 0o600)


def hold(descriptor: int, wait: bool) -> bool:
    """Take the lock of an open file until it is closed; return False where another has it and ``wait`` is false."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            return True
        except BlockingIOError:
            return False


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold an ``--out`` folder for one run.

    Raises:
        WrongCall: another run has it.
        OSError: the folder cannot be written.
    """
    descriptor = open_lock(out / LOCK)
    try:
        if not hold(descriptor, wait=False):
            raise WrongCall(
                f"--out {out}: another run is writing there.\n"
                "Expected: one run at a time.\nWait until it ends, or give another --out."
            )
        yield
    finally:
        os.close(descriptor)
