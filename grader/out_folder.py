"""The ``--out`` folder: what it may not be, and that one run at a time writes there."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from .lock import hold, open_lock
from .report import result_folder
from .submission import Found, WrongCall, shown

LOCK = ".lock"
DO = "Give a folder of its own, for instance --out grades."


def check_out(out: Path, paths: Sequence[Path], found: Sequence[Found]) -> None:
    """Refuse an ``--out`` that is a file, lies inside the submissions, or whose reports would be written into one.

    Raises:
        WrongCall: it is one of these.
    """
    try:
        place, is_file = out.resolve(), out.exists() and not out.is_dir()
    except (OSError, RuntimeError) as error:  # a name too long, a ring of links
        raise WrongCall(f"--out: {shown(Path(str(error)))[:200]}.\nExpected: a folder, there or not.\n{DO}") from error
    if is_file:
        raise WrongCall(f"--out {shown(out)} is a file.\nExpected: a folder, there or not.\n{DO}")
    for path in paths:
        if path.is_dir() and place.is_relative_to(path.resolve()):
            inside = f"--out {shown(out)} lies inside the submissions, {shown(path)}."
            raise WrongCall(f"{inside}\nExpected: a folder outside.\n{DO}")
    for item in found:
        if (place / result_folder(item.name)).is_relative_to(item.path.resolve()):
            into = f"--out {shown(out)} would write into the submission {shown(item.path)}."
            raise WrongCall(f"{into}\nExpected: another folder.\n{DO}")


def make(out: Path) -> None:
    """Make the folder where it is missing.

    Raises:
        WrongCall: it cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongCall(
            f"--out {shown(out)}: {error.strerror}.\nExpected: a folder that can be made and written.\n{DO}"
        ) from error


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the folder for one run.

    Raises:
        WrongCall: another run has it.
        OSError: the folder cannot be written.
    """
    descriptor = open_lock(out / LOCK)
    try:
        if not hold(descriptor, wait=False):
            raise WrongCall(
                f"--out {shown(out)}: another run is writing there.\n"
                "Expected: one run at a time.\nWait until it ends, or give another --out."
            )
        yield
    finally:
        os.close(descriptor)
