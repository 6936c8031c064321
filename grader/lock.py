"""A lock on a file, let go by the system when its holder dies."""

import os
import sys
from pathlib import Path


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
