"""A real course folder with a class in it, graded once by nbgrader and once by ``python -m grader``."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from grader.build import course_folder

if importlib.util.find_spec("nbgrader") is None:
    pytest.skip("needs nbgrader: pip install '.[nbgrader]'", allow_module_level=True)

HERE = Path(__file__).resolve().parent


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


hand_ins = load("hand_ins")


@dataclass
class Course:
    """A course folder and what nbgrader said in it."""

    root: Path
    marker: Path
    said: dict[str, str] = field(default_factory=dict)

    def nbgrader(self, *words: str, status: int | None = 0) -> str:
        """Run a command as an instructor types it and return what it said."""
        return self.run(sys.executable, "-m", "nbgrader", *words, status=status)

    def grader(self, *words: str) -> str:
        return self.run(sys.executable, "-m", "grader", *words)

    def environment(self) -> dict[str, str]:
        """Return an environment in which no setting of the person who runs the tests counts."""
        home = {"HOME": str(self.root.parent), "JUPYTER_CONFIG_DIR": str(self.root.parent / "config")}
        return {**os.environ, **home, "PYTHONPATH": str(HERE.parents[1])}

    def run(self, *words: str, status: int | None = 0) -> str:
        done = subprocess.run(
            words, cwd=self.root, env=self.environment(), encoding="utf-8", check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert status is None or done.returncode == status, done.stdout[-6000:]
        return done.stdout


def new_course(folder: Path) -> Course:
    for name, content in course_folder().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Course(folder / "course", folder / "marker")


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The class after the round that an instructor types, and after ``python -m grader grade`` into by-grader/."""
    course = new_course(tmp_path_factory.mktemp("nbgrader"))
    course.said["release"] = course.nbgrader("generate_assignment", "evolution")
    course.nbgrader("db", "assignment", "add", "evolution", "--duedate", "2030-01-01 00:00:00 UTC")
    hand_ins.HandIns(course.root, course.marker).write_all()
    course.said["autograde"] = course.nbgrader("autograde", "evolution", "--LateSubmissionPlugin.penalty_method=zero")
    course.said["feedback"] = course.nbgrader("generate_feedback", "evolution")
    course.said["grade"] = course.grader("grade", "submitted", "--out", "by-grader")
    yield course


@pytest.fixture
def fresh(tmp_path: Path) -> Course:
    """A course folder in which nothing was done yet."""
    return new_course(tmp_path)
