"""The stages as the student's folder lists them, in stages.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class StageFile:
    """One stage: its number, file, title, points, and the names that its file defines."""

    number: int
    file: str
    title: str
    points: float
    functions: tuple[str, ...]
    bonus: bool = False


def read_stages(folder: Path) -> tuple[StageFile, ...]:
    """Return the stages of the stages.toml in a folder, in order."""
    table = tomllib.loads((folder / "stages.toml").read_text(encoding="utf-8"))
    return tuple(StageFile(**{**row, "functions": tuple(row["functions"])}) for row in table["stage"])
