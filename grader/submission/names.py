"""The file names that a submission is made of, and how other names are shown."""

import re
from pathlib import PurePath, PurePosixPath

from ..manifest import course

NOTEBOOK = "evolution.ipynb"
ARCHIVES = (".zip", ".tar.gz")
GIVEN = frozenset({"evolution.py", "render.py"})  # handed out with the exercises, so handed in with them
MAX_NAME = 200
LITTER = frozenset({"__MACOSX", "__pycache__", ".git", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"})


def wanted() -> frozenset[str]:
    """Return the names of the six stage files and of the notebook."""
    return frozenset(stage.file for stage in course().stages) | {NOTEBOOK}


def is_litter(name: str) -> bool:
    """Say whether a name is one that tools leave behind, never a person's work."""
    return name in LITTER or name.startswith("._")


def archive_ending(name: str) -> str:
    """Return the ending that makes a name an archive's, as it stands there; "" for any other name."""
    return next((name[-len(ending) :] for ending in ARCHIVES if name.lower().endswith(ending)), "")


def stem(name: str) -> str:
    """Return an archive's name without its ending, or whole where what is left is no name for a folder."""
    ending = archive_ending(name)
    short = name[: len(name) - len(ending)]
    return name if short.strip(". ") == "" else short


def brief(name: str) -> str:
    """Return a name, the middle of a long one left out."""
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME // 2]} … {name[-MAX_NAME // 2 :]}"


def shown(path: PurePath) -> str:
    """Return a path on one line, with an escape for each character that cannot be printed, a long one shortened."""
    text = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in str(path))
    return text if len(text) <= 300 else f"{text[:140]} … {text[-140:]}"


def near_miss(name: str) -> str:
    """Return the stage file or notebook that a file was probably meant to be, "" where none comes near."""

    def plain(text: str) -> str:
        base = re.sub(r"([\s_-]*(\(\d+\)|copy|\d))+$", "", PurePosixPath(text).stem.lower())
        return base + PurePosixPath(text).suffix.lower().replace(".txt", ".py")

    if name in wanted() or len(name) > 100:
        return ""
    return next((target for target in sorted(wanted()) if plain(name) == plain(target)), "")
