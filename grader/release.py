"""Writes the student's bundle: exercises/, render.py, assets/ and what they need to install."""

import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

from .build import exercises, text
from .manifest import ROOT

NEEDED = ("numpy", "gymnasium", "pygame-ce", "pytest", "pillow", "matplotlib")
PICTURES = ("*.png", "*.gif")


class ReleaseRefused(Exception):
    """The bundle cannot be written there; the text says why and what to do."""


def release_command(folder: Path, say: Callable[[str], None] = print) -> int:
    """Write the bundle into a folder that is empty or not there; return the exit status (2: refused)."""
    try:
        release(folder)
    except ReleaseRefused as reason:
        say(str(reason))
        return 2
    say(f"{folder}: the student's bundle; its README.md says how to begin")
    return 0


def release(folder: Path) -> None:
    """Write the bundle: all of it, or nothing.

    Raises:
        ReleaseRefused: the folder has something in it, is no folder, or cannot be written.
    """
    target = folder.resolve()
    if target.exists() and not target.is_dir():
        raise ReleaseRefused(f"release {folder}: that is a file; name a folder that is empty or not there yet")
    if target.is_dir() and any(target.iterdir()):
        raise ReleaseRefused(
            f"release {folder}: the folder has something in it; name one that is empty or not there yet"
        )
    files = bundle()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise ReleaseRefused(f"release {folder}: {error.strerror}; name a folder that you can write") from None
    try:
        for name, content in files.items():
            (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
            (unfinished / name).write_bytes(content)
        unfinished.chmod(0o755)
        if target.is_dir():
            target.rmdir()
        os.replace(unfinished, target)
    except OSError as error:
        raise ReleaseRefused(f"release {folder}: {error.strerror}; nothing was written") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def bundle() -> dict[str, bytes]:
    """Return every file of the bundle by its path in it."""
    files = exercises()
    pictures = [path.name for pattern in PICTURES for path in sorted((ROOT / "assets").glob(pattern))]
    for name in ("render.py", *_imported_assets("render.py"), *(f"assets/{picture}" for picture in pictures)):
        files[name] = (ROOT / name).read_bytes()
    files["README.md"] = text("bundle.md").encode()
    files["requirements.txt"] = requirements().encode()
    files["LICENSE"] = (ROOT / "LICENSE").read_bytes()
    return files


def _imported_assets(name: str) -> set[str]:
    """Return the files of assets/ that a program imports, and those that they import."""
    lines = (ROOT / name).read_text(encoding="utf-8")
    found = {f"assets/{module}.py" for module in re.findall(r"^from assets\.(\w+) import", lines, re.MULTILINE)}
    return found.union(*(_imported_assets(other) for other in found))


def requirements() -> str:
    """Return what students install: of the project's own dependencies those that the exercises use."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [line for line in project["dependencies"] if line.split(">")[0].split("=")[0] in NEEDED]
    return "".join(f"{line}\n" for line in wanted)
