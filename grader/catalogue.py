"""Every check with its number, title and points, found by its mark and held against the manifest."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from .kit.message import CheckFailed
from .kit.student import Student
from .manifest import course

CHECKS = Path(__file__).resolve().parent / "checks"


@dataclass(frozen=True)
class Check:
    """One check: what stands in its mark, the file and function that hold it, and whether students get it."""

    number: str
    title: str
    points: float
    visible: bool
    path: Path
    function: Callable[..., Any]

    @property
    def stage(self) -> int:
        """The stage, the number before the dot."""
        return int(self.number.split(".")[0])

    @property
    def order(self) -> tuple[int, int]:
        """The place among all checks."""
        stage, _, place = self.number.partition(".")
        return int(stage), int(place)

    def run(self, student: Student, rng: np.random.Generator) -> CheckFailed | None:
        """Run the check without pytest; return how it failed, None where it passed."""
        given = {"student": student, "rng": rng, "record_property": lambda *_: None}
        asked = inspect.signature(self.function).parameters
        try:
            with np.errstate(all="ignore"):  # a student's nan is the check's to judge, not numpy's to warn of
                self.function(**{name: given[name] for name in asked})
        except CheckFailed as failed:
            return failed
        return None


@cache
def catalogue() -> tuple[Check, ...]:
    """Return all checks in order.

    Raises:
        ValueError: two checks have one number.
    """
    checks = sorted(_marked(), key=lambda check: check.order)
    numbers = [check.number for check in checks]
    if twice := {number for number in numbers if numbers.count(number) > 1}:
        raise ValueError(f"check numbers that stand twice: {', '.join(sorted(twice))}")
    return tuple(checks)


def of_stage(stage: int) -> tuple[Check, ...]:
    """Return the checks of one stage in order.

    Raises:
        ValueError: their points do not add up to the manifest's.
    """
    checks = tuple(check for check in catalogue() if check.stage == stage)
    points, due = sum(check.points for check in checks), course().stage(stage).points
    if checks and abs(points - due) > 1e-9:
        raise ValueError(f"the checks of stage {stage} are worth {points:g} points, not {due:g}")
    return checks


def _marked() -> Iterator[Check]:
    for path in sorted(CHECKS.glob("*/test_stage*.py")):
        module = importlib.import_module(f"grader.checks.{path.parent.name}.{path.stem}")
        for function in vars(module).values():
            for mark in getattr(function, "pytestmark", ()):
                if mark.name == "check" and function.__module__ == module.__name__:
                    visible = path.parent.name == "visible"
                    yield Check(**mark.kwargs, visible=visible, path=path, function=function)
