"""What reading a submission gives: the source of each stage, as bytes, and what to tell its author about it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class Rejected(Exception):
    """The submission could not be read; the text is the reason, for its author."""


class WrongCall(Exception):
    """A person's mistake in a command: what was wrong, what was expected, what to do, in at most four lines."""


@dataclass(frozen=True)
class Found:
    """A submission before it is read: its row's name, and the folder or archive that holds it."""

    name: str
    path: Path


@dataclass(frozen=True)
class StageSource:
    """The source of one stage.

    Attributes:
        text: the bytes of the stage file, as they were handed in.
        origin: where it stands, "stage1_forward.py" or "evolution.ipynb, cell 7".
        remarks: lines for the student: which of two was graded, what came along or was left out.
    """

    text: bytes
    origin: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """All that is graded of one submission; ``ignored`` says what else was there, a line each."""

    name: str
    stages: Mapping[int, StageSource]
    ignored: tuple[str, ...] = ()
    hash: str = ""


def hash_stages(stages: Mapping[int, StageSource]) -> str:
    """Return the SHA-256 of the stages' sources, whatever file or cell they come from."""
    digest = hashlib.sha256()
    for number, source in sorted(stages.items()):
        digest.update(f"{number}:{len(source.text)}:".encode() + source.text)
    return digest.hexdigest()
