"""From the paths of a call to the submissions in them, each with the name of its row."""

import contextlib
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..manifest import course
from .model import Found, WrongCall
from .names import archive_ending, is_litter, shown, stem, wanted


def find_submissions(paths: Sequence[Path]) -> list[Found]:
    """Return the submissions in all paths, sorted by name.

    A folder that itself holds a stage file or the notebook is a submission, any other a folder of submissions. In
    nbgrader's layout, submitted/<student>/evolution/, a row is named by the student.

    Raises:
        WrongCall: a path is not there or holds no submission, or two submissions have the same name.
    """
    places: list[Path] = []
    for path in paths:
        places += _submissions_in(Path(path))
    unique = list({place.parent.resolve() / place.name: place for place in places}.values())  # given twice is one
    named = [Found(found.name, _home(found.path)) for found in _named(unique)]
    return sorted(named, key=lambda found: found.name)


def passed_over(paths: Iterable[Path]) -> list[Path]:
    """Return what lies in the folders of submissions and is neither a folder nor an archive."""
    folders = [Path(path) for path in paths if Path(path).is_dir() and not holds_stage_file(Path(path))]
    entries = [entry for folder in folders for entry in sorted(folder.iterdir())]
    return [entry for entry in entries if not is_litter(entry.name) and not _is_candidate(entry)]


def holds_stage_file(folder: Path) -> bool:
    """Say whether a folder holds a stage file or the notebook by name; a folder with such a name is none."""
    with os.scandir(folder) as entries:
        return any(entry.name in wanted() and not entry.is_dir(follow_symlinks=False) for entry in entries)


def _home(place: Path) -> Path:
    """Return the folder in which a submission's files lie: its own, or the one in it that is named like the course."""
    inside = place / course().name
    with contextlib.suppress(OSError):  # reading it will say why
        is_plain = place.is_dir() and not place.is_symlink() and not holds_stage_file(place)
        if is_plain and inside.is_dir() and not inside.is_symlink():
            names = [entry.name for entry in inside.iterdir()]
            if holds_stage_file(inside) or any(archive_ending(name) for name in names):
                return inside
    return place


def _submissions_in(path: Path) -> list[Path]:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISREG(mode) and archive_ending(path.name):
            return [path]
        if not stat.S_ISDIR(mode):
            raise WrongCall(
                f"{shown(path)} is not a folder, a .zip or a .tar.gz.\n"
                "Expected: a submission's folder or archive, or a folder of submissions.\n"
                "Put single files into a folder and give that folder."
            )
        if holds_stage_file(path):
            return [path]
        inside = [entry for entry in sorted(path.iterdir()) if not is_litter(entry.name) and _is_candidate(entry)]
    except OSError as error:
        raise WrongCall(
            f"{shown(path)}: {error.strerror or error}.\n"
            "Expected: a submission's folder or archive, or a folder of submissions."
        ) from error
    if not inside:
        raise WrongCall(
            f"{shown(path)} holds no submission.\n"
            "Expected: stage files or evolution.ipynb in it,\n"
            "or a folder or an archive (.zip, .tar.gz) for each submission."
        )
    return inside


def _is_candidate(entry: Path) -> bool:
    """A folder or an archive; also a link to one, which is then rejected by name rather than passed over."""
    mode = os.lstat(entry).st_mode
    if stat.S_ISLNK(mode):
        return bool(archive_ending(entry.name)) or entry.is_dir()
    return stat.S_ISDIR(mode) or bool(archive_ending(entry.name))


def _is_archive(path: Path) -> bool:
    return bool(archive_ending(path.name)) and not path.is_dir()


def _own_name(path: Path) -> str:
    return path.name if path.name not in ("", "..") else path.resolve().name or "submission"


def _named(places: Sequence[Path]) -> list[Found]:
    short = {place: stem(_own_name(place)) if _is_archive(place) else _own_name(place) for place in places}
    taken = Counter(short.values())
    names = {
        place: _own_name(place) if _is_archive(place) and taken[name] > 1 else name for place, name in short.items()
    }
    holders: dict[str, list[Path]] = defaultdict(list)
    for place, name in names.items():
        holders[name].append(place)
    for name, both in holders.items():
        if len(both) > 1:
            raise WrongCall(
                f"Two submissions have the name {name!r}:\n{shown(both[0])}\n{shown(both[1])}\n"
                "Rename one, or grade them into two folders."
            )
    return [Found(name, place) for place, name in names.items()]
