"""One hash over all that decides a grade: the checks, the slips, the kit, the seal and the model answers."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .manifest import ROOT, SOLUTIONS

_HERE = Path(__file__).resolve().parent
_FOLDERS = (_HERE / "checks", _HERE / "slips", _HERE / "kit", _HERE / "sandbox", SOLUTIONS)
_MODULES = ("scoring.py", "plugin.py", "stage_run.py", "catalogue.py", "models.py", "manifest.py", "quiet.py")
_ENDINGS = (".py", ".toml")


@cache
def checks_hash() -> str:
    """Return the SHA-256 of the files that decide a grade, by their paths and contents; the same on every machine."""
    digest = hashlib.sha256()
    for path in _files():
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(ROOT).as_posix()}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    inside = (path for folder in _FOLDERS for path in folder.rglob("*") if path.suffix in _ENDINGS)
    beside = (_HERE / name for name in _MODULES)
    yield from sorted(path for path in {*inside, *beside} if path.is_file())
