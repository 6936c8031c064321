"""The stages of the course, read from solutions/manifest.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions"


@dataclass(frozen=True)
class Stage:
    """One stage: its number, file name, title, points, and the contract's names that its file defines."""

    number: int
    file: str
    title: str
    points: float
    functions: tuple[str, ...]
    bonus: bool = False

    @property
    def module(self) -> str:
        """The file's name without ``.py``: also the notebook cell's grade_id."""
        return self.file.removesuffix(".py")


@dataclass(frozen=True)
class Course:
    """The whole course: its name, the score that counts as full, and its stages in order."""

    name: str
    max_score: float
    stages: tuple[Stage, ...]

    def stage(self, number: int) -> Stage:
        """Return stage ``number``."""
        return self.stages[number - 1]


@cache
def course() -> Course:
    """Return the course as the manifest says it.

    Raises:
        FileNotFoundError: the grader was installed without its checkout.
    """
    table = tomllib.loads((SOLUTIONS / "manifest.toml").read_text(encoding="utf-8"))
    stages = tuple(Stage(**{**row, "functions": tuple(row["functions"])}) for row in table["stage"])
    return Course(name=table["course"]["name"], max_score=table["course"]["max_score"], stages=stages)
