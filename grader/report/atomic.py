"""Writing a file whole or not at all: a full disk, a Ctrl-C or a kill leaves the old file as it was."""

import contextlib
import os
import tempfile
from pathlib import Path

PREFIX, SUFFIX = ".writing-", ".tmp"


def write_atomic(path: Path, content: str | bytes) -> None:
    """Write ``content`` to ``path`` by way of a temporary file beside it.

    Raises:
        OSError: the file could not be written; what was there before is whole, and no temporary file is left.
    """
    body = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=PREFIX, suffix=SUFFIX)
    try:
        with open(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Remove what a killed write has left in a folder."""
    for leftover in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(OSError):
            leftover.unlink()


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
