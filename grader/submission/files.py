"""Reading single files of a folder: regular files only, up to a cap, no link followed, no pipe or device opened."""

import os
import stat
from pathlib import Path

MAX_SOURCE = 256 << 10
MAX_NOTEBOOK = 32 << 20

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


class Unreadable(Exception):
    """One file could not be read; the text says why, to stand in brackets behind its name."""


def cap(name: str) -> int:
    """Return how many bytes a file of a submission may have."""
    return MAX_NOTEBOOK if name.endswith(".ipynb") else MAX_SOURCE


def too_large(name: str) -> str:
    """Return the words for a file over its cap."""
    return f"larger than {size(cap(name))}"


def size(count: int) -> str:
    """Return a number of bytes in words: whole MB or, below one, kB."""
    return f"{count >> 20} MB" if count >> 20 else f"{count >> 10} kB"


def kind(mode: int) -> str:
    """Return what a file that is not a regular one is, in words; "" for a regular one."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISLNK(mode):
        return "a link; links are not followed"
    if stat.S_ISDIR(mode):
        return "a folder, not a file"
    return "not a regular file"


def read_regular(path: Path) -> bytes:
    """Return the bytes of a regular file.

    Raises:
        Unreadable: it is a link, a folder, a pipe, a device, larger than its cap, or the system refuses.
    """
    try:
        strange = kind(os.lstat(path).st_mode)
        if strange:
            raise Unreadable(strange)
        descriptor = os.open(path, _FLAGS)
        with open(descriptor, "rb") as file:
            strange = kind(os.fstat(descriptor).st_mode)
            if strange:
                raise Unreadable(strange)
            content = file.read(cap(path.name) + 1)
    except OSError as error:
        raise Unreadable(f"could not be read: {error.strerror or 'an error of the system'}") from error
    if len(content) > cap(path.name):
        raise Unreadable(too_large(path.name))
    return content
