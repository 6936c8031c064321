"""A real course folder with a class in it, graded once by nbgrader and once by ``python -m grader``."""

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from grader.build import course_folder
from grader.lock import hold, open_lock

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

    def nbgrader(self, *words: str, status: int = 0) -> str:
        """Run a command as an instructor types it and return what it said."""
        said = self.root.with_name("said.txt")
        process = warm()
        assert process.stdin is not None and process.stdout is not None
        asked = {"words": words, "folder": str(self.root), "environment": self.environment(), "said": str(said)}
        print(json.dumps(asked), file=process.stdin, flush=True)
        ended = int(process.stdout.readline())
        text = said.read_text(encoding="utf-8")
        assert ended == status, text[-6000:]
        return text

    def grader(self, *words: str) -> str:
        """Run a command of the grader and return what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "grader", *words], cwd=self.root, env=self.environment(), encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-6000:]
        return done.stdout

    def environment(self) -> dict[str, str]:
        """Return an environment in which no setting of the person who runs the tests counts."""
        home = {"HOME": str(self.root.parent), "JUPYTER_CONFIG_DIR": str(self.root.parent / "config")}
        return {**os.environ, **home, "PYTHONPATH": str(HERE.parents[1])}


@cache
def warm() -> "subprocess.Popen[str]":
    """Return the process that runs nbgrader's commands; it ends with this one, at the end of its input."""
    return subprocess.Popen(
        [sys.executable, str(HERE / "warm.py")], encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
    )  # fmt: skip


def new_course(folder: Path) -> Course:
    for name, content in course_folder().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Course(folder / "course", folder / "marker")


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class after the round that an instructor types, and after ``python -m grader grade`` into by-grader/.

    Where the tests run in several processes, the first one that needs it makes it for all.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "nbgrader"
    folder.mkdir(exist_ok=True)
    done, lock = folder / "said.json", open_lock(folder / "lock")
    try:
        hold(lock, wait=True)
        if not done.exists():
            done.write_text(json.dumps(graded_course(new_course(folder)).said))
    finally:
        os.close(lock)
    return Course(folder / "course", folder / "marker", json.loads(done.read_text()))


def graded_course(course: Course) -> Course:
    """Type the round of commands in a new course folder."""
    course.said["release"] = course.nbgrader("generate_assignment", "evolution")
    course.nbgrader("db", "assignment", "add", "evolution", "--duedate", "2030-01-01 00:00:00 UTC")
    hand_ins.HandIns(course.root, course.marker).write_all()
    course.said["autograde"] = course.nbgrader("autograde", "evolution", "--LateSubmissionPlugin.penalty_method=zero")
    course.said["feedback"] = course.nbgrader("generate_feedback", "evolution")
    course.said["grade"] = course.grader("grade", "submitted", "--out", "by-grader")
    return course


@pytest.fixture
def fresh(tmp_path: Path) -> Course:
    """A course folder in which nothing was done yet."""
    return new_course(tmp_path)
