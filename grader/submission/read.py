"""From a submission's folder or archive to the source of each of its stages; bytes only, nothing is run."""

import contextlib
import os
import stat
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..kit.stub import is_stub
from ..manifest import Stage, course
from .archive import Member, read_archive
from .files import Unreadable, kind, read_regular
from .find import holds_stage_file
from .model import Found, Rejected, StageSource, Submission, hash_stages
from .names import GIVEN, NOTEBOOK, archive_ending, brief, is_litter, near_miss, wanted
from .notebook import notebook_stages, read_cells
from .safe import objection

MAX_IGNORED = 50


@dataclass
class _Handed:
    """What was handed in: the wanted files' bytes, and a line for each file that was not used."""

    files: dict[str, bytes] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


def read_submission(found: Found) -> Submission:
    """Return a submission with the source of each stage that was handed in.

    Raises:
        Rejected: it could not be read; the text says why.
    """
    try:
        mode = os.lstat(found.path).st_mode
        if stat.S_ISDIR(mode):
            handed = _from_folder(found.path)
        elif stat.S_ISREG(mode):
            handed = _from_archive(found.path)
        else:
            raise Rejected(f"The submission is {kind(mode)}. Hand in a folder, a .zip or a .tar.gz.")
    except OSError as error:
        raise Rejected(f"The submission could not be read: {error.strerror or 'an error of the system'}.") from error
    stages = _stages(handed)
    shown = handed.ignored[:MAX_IGNORED]
    if len(handed.ignored) > len(shown):
        shown.append(f"and {len(handed.ignored) - len(shown)} more")
    return Submission(found.name, stages, tuple(shown), hash_stages(stages))


def _from_folder(folder: Path) -> _Handed:
    """Return what a folder holds; where no stage file but one archive lies in it, as some sites do, what that holds."""
    handed, archives = _Handed(), []
    for entry in sorted(folder.iterdir()):
        if is_litter(entry.name):
            continue
        if entry.name in wanted():
            try:
                handed.files[entry.name] = read_regular(entry)
            except Unreadable as why:
                handed.ignored.append(f"{entry.name} ({why})")
        else:
            is_folder = entry.is_dir() and not entry.is_symlink()
            handed.ignored.append(_unused_folder(entry) if is_folder else _unused(entry.name))
            if archive_ending(entry.name) and stat.S_ISREG(os.lstat(entry).st_mode):
                archives.append(entry)
    if not handed.files and len(archives) == 1:
        inside = _from_archive(archives[0])
        rest = [line for line in handed.ignored if line != brief(archives[0].name)]
        return _Handed(inside.files, rest + [f"{brief(archives[0].name)}/{line}" for line in inside.ignored])
    return handed


def _unused(name: str) -> str:
    """Return the line for a file that was not used."""
    base = name.rpartition("/")[2]
    if base in GIVEN:
        return f"{brief(name)} (handed out with the exercises; the grader has its own)"
    meant = near_miss(base)
    return f"{brief(name)} (to hand it in, name it {meant})" if meant else brief(name)


def _unused_folder(folder: Path) -> str:
    """Return the line for a folder in a submission's folder; stage files in it, or one deeper, are not read."""
    with contextlib.suppress(OSError):
        for name, place in [(folder.name, folder), *((f"{folder.name}/{p.name}", p) for p in _folders_in(folder))]:
            if holds_stage_file(place):
                why = f"the stage files in it were not read; to hand them in, hand in the folder {brief(place.name)}"
                return f"{brief(name)}/ ({why} itself, or its files)"
    return f"{brief(folder.name)}/"


def _folders_in(folder: Path) -> list[Path]:
    inside = (entry for entry in folder.iterdir() if not is_litter(entry.name))
    return sorted(entry for entry in inside if entry.is_dir() and not entry.is_symlink())[:MAX_IGNORED]


def _from_archive(path: Path) -> _Handed:
    """Return what an archive holds in the one folder, or at the top, where the stage files lie."""
    members = [member for member in read_archive(path, wanted().__contains__) if not _is_litter_path(member.path)]
    home = _home(members)
    handed = _Handed()
    named = Counter(member.path for member in members if member.path.rpartition("/")[2] in wanted())
    twice = [path for path, count in named.items() if count > 1]
    if twice:
        raise Rejected(f"The archive holds {brief(twice[0])} twice. Pack it again with one of each.")
    for member in members:
        folder, _, name = member.path.rpartition("/")
        if member.content is not None and folder == home:
            handed.files[name] = member.content
        elif member.strange:
            handed.ignored.append(f"{brief(member.path)} ({member.strange})")
        else:
            handed.ignored.append(_unused(member.path))
    return handed


def _is_litter_path(path: str) -> bool:
    return any(is_litter(part) for part in path.split("/"))


def _home(members: Iterable[Member]) -> str:
    """Return the folder of the archive in which the stage files lie: the top, or the one folder least deep."""
    folders = {member.path.rpartition("/")[0] for member in members if member.content is not None}
    if not folders:
        return ""
    depths = {folder: len(folder.split("/")) if folder else 0 for folder in folders}
    nearest = sorted(folder for folder, depth in depths.items() if depth == min(depths.values()))
    if len(nearest) > 1:
        raise Rejected(
            f"Stage files lie in two folders of the archive, {brief(nearest[0])} and {brief(nearest[1])}."
            " Hand in one folder."
        )
    return nearest[0]


def _stages(handed: _Handed) -> dict[int, StageSource]:
    """Return each stage's source: its file, or the notebook's cell where there is none or the file is still a stub."""
    for name in sorted(handed.files.keys() - {NOTEBOOK}):
        if why := objection(handed.files[name]):
            handed.ignored.append(f"{name} ({why})")
            del handed.files[name]
    cells: dict[int, StageSource] = {}
    if NOTEBOOK in handed.files:
        try:
            cells = notebook_stages(read_cells(handed.files[NOTEBOOK]))
        except Unreadable as why:
            if len(handed.files) == 1:
                raise Rejected(f"{NOTEBOOK} {why}.") from why
            handed.ignored.append(f"{NOTEBOOK} ({why})")
    for number, source in list(cells.items()):
        if reason := objection(source.text):
            handed.ignored.append(f"{source.origin} ({reason})")
            del cells[number]
    chosen = (
        (stage, _choose(stage, handed.files.get(stage.file), cells.get(stage.number))) for stage in course().stages
    )
    return {stage.number: source for stage, source in chosen if source is not None}


def _choose(stage: Stage, file: bytes | None, cell: StageSource | None) -> StageSource | None:
    if file is None:
        return cell
    if cell is None or is_stub(cell.text, stage.functions):
        return StageSource(file, stage.file)
    if is_stub(file, stage.functions):
        remark = f"Graded: {cell.origin}, since {stage.file} is still as it was handed out."
        return StageSource(cell.text, cell.origin, (remark, *cell.remarks))
    if file.strip() == cell.text.strip():
        return StageSource(file, stage.file)
    return StageSource(file, stage.file, (f"Graded: {stage.file}. {cell.origin} was not: a stage's file comes first.",))
