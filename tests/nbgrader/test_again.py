"""A course folder that was graded before: what changed is graded again, what a person decided stays."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nbgrader.api import Gradebook

from grader.models import answer_text


@pytest.fixture
def copy(graded, tmp_path: Path) -> Iterator[SimpleNamespace]:
    shutil.copytree(graded.root, tmp_path / "course", symlinks=True, ignore=lambda folder, names: {"pipe"} & set(names))
    (tmp_path / "course" / "submitted").rename(tmp_path / "all")
    (tmp_path / "course" / "submitted").mkdir()
    copied = type(graded)(tmp_path / "course", tmp_path / "marker")

    def only(*students: str) -> None:
        for student in students:
            shutil.copytree(tmp_path / "all" / student, copied.root / "submitted" / student, symlinks=True)

    yield SimpleNamespace(course=copied, root=copied.root, only=only, nbgrader=copied.nbgrader)


def scores(root: Path, student: str) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        notebook = gradebook.find_submission_notebook("evolution", "evolution", student)
        return {grade.name: grade.score for grade in notebook.grades}


def test_results_of_the_grader_are_taken_over(copy) -> None:
    copy.only("half-right", "right-in-files", "Жанна Чжан")
    before = scores(copy.root, "right-in-files")
    shutil.rmtree(copy.root / "grades")
    (copy.root / "by-grader").rename(copy.root / "grades")
    times = {path: path.stat().st_mtime_ns for path in (copy.root / "grades").glob("*/results.json")}
    said = copy.nbgrader("autograde", "evolution", "--force")
    assert said.count("as graded before") == 3
    assert scores(copy.root, "right-in-files") == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_the_grader_takes_over_what_nbgrader_graded(copy) -> None:
    copy.only("half-right", "metadata-lost")
    said = copy.course.grader("grade", "submitted", "--out", "grades")
    assert "2 as graded before, 0 graded now" in said


def test_what_did_not_change_is_passed_over_and_what_did_is_graded_again(copy) -> None:
    copy.only("half-right", "Жанна Чжан", "untouched")
    (copy.root / "submitted" / "Жанна Чжан" / "evolution" / "stage1_forward.py").write_text(answer_text(1))
    nb = json.loads((copy.root / "submitted" / "half-right" / "evolution" / "evolution.ipynb").read_text())
    cell = next(cell for cell in nb["cells"] if "%%writefile stage1" in "".join(cell["source"]))
    cell["source"] = "%%writefile stage1_forward.py\n" + answer_text(1)
    (copy.root / "submitted" / "half-right" / "evolution" / "evolution.ipynb").write_text(json.dumps(nb))
    said = copy.nbgrader("autograde", "evolution")
    assert said.count("Grading again") == 2 and "Skipping existing assignment" in said
    assert scores(copy.root, "Жанна Чжан")["test_stage1_forward"] == 20
    assert scores(copy.root, "half-right")["test_stage1_forward"] == 20


def test_a_manual_score_and_a_comment_survive_and_reach_the_feedback(copy) -> None:
    copy.only("half-right", "Жанна Чжан")
    with Gradebook(f"sqlite:///{copy.root}/gradebook.db") as gradebook:
        names = ("evolution", "evolution", "half-right")
        gradebook.find_grade("test_stage1_forward", *names).manual_score = 17.5
        gradebook.find_comment("stage1_forward", *names).manual_comment = "<b>Well</b> argued."
        gradebook.db.commit()
    copy.nbgrader("autograde", "evolution", "--force")
    assert scores(copy.root, "half-right")["test_stage1_forward"] == 17.5
    copy.nbgrader("generate_feedback", "evolution", "--force", "--student", "half-right")
    page = (copy.root / "feedback" / "half-right" / "evolution" / "evolution.html").read_text(encoding="utf-8")
    assert "17.5 of 20" in page and "The points were set by hand." in page
    assert "&lt;b&gt;Well&lt;/b&gt; argued." in page
    assert (copy.root / "feedback" / "Жанна Чжан").exists()


@pytest.mark.parametrize("spoilt", ["no grader", "no seal"])
def test_where_the_grader_is_missing_nothing_runs(copy, tmp_path: Path, spoilt: str) -> None:
    copy.only("right-in-a-notebook")
    shutil.rmtree(copy.root / "autograded")
    if spoilt == "no grader":
        project = copy.root.parent / "grader"  # the project that the folder lies in comes before any that is installed
        project.mkdir()
        (project / "__init__.py").write_text("raise ImportError('spoilt')\n")
        said = copy.nbgrader("autograde", "evolution", status=1)
        assert "nbgrader_config.py: the grader cannot be put in place (ImportError: spoilt)" in said
    else:
        said = copy.nbgrader("autograde", "evolution", "--SealedAutograde.isolation=nothing", status=1)
        assert "no isolation 'nothing'" in said
    assert "Traceback" not in said and len(said.splitlines()) <= 3
    assert not (copy.root / "autograded").exists() and not copy.course.marker.exists()


def test_another_assignment_is_refused_in_one_line(copy) -> None:
    shutil.copytree(copy.root / "source" / "evolution", copy.root / "source" / "other")
    copy.nbgrader("generate_assignment", "other")
    copy.only("untouched")
    (copy.root / "submitted" / "untouched" / "evolution").rename(copy.root / "submitted" / "untouched" / "other")
    said = copy.nbgrader("autograde", "other", status=1)
    assert "grades the assignment 'evolution'" in said and "Traceback" not in said


def question(kind: str, **marks: bool) -> dict[str, Any]:
    """Return a cell that an instructor adds: a question to grade by hand, or a test cell of their own."""
    mark = {"grade": True, "grade_id": "why", "points": 5, "schema_version": 3, "task": False, **marks}
    cell = {"cell_type": kind, "id": "why", "metadata": {"nbgrader": mark}, "source": "Why does it work?"}
    return cell if kind == "markdown" else {**cell, "outputs": [], "execution_count": None}


def with_cell(course: Any, cell: dict[str, Any]) -> None:
    source = course.root / "source" / "evolution" / "evolution.ipynb"
    nb = json.loads(source.read_text(encoding="utf-8"))
    source.write_text(json.dumps({**nb, "cells": [*nb["cells"], cell]}), encoding="utf-8")
    course.nbgrader("generate_assignment", "evolution")


@pytest.mark.long
def test_an_instructors_own_question_is_graded_by_hand(fresh) -> None:
    with_cell(fresh, question("markdown", solution=True, locked=False))
    nb = json.loads((fresh.root / "release" / "evolution" / "evolution.ipynb").read_text(encoding="utf-8"))
    nb["cells"][-1]["source"] = "Because of <b>selection</b>."
    folder = fresh.root / "submitted" / "ada" / "evolution"
    folder.mkdir(parents=True)
    (folder / "evolution.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    fresh.nbgrader("autograde", "evolution")
    with Gradebook(f"sqlite:///{fresh.root}/gradebook.db") as gradebook:
        grades = gradebook.find_submission_notebook("evolution", "evolution", "ada").grades
        assert [grade.name for grade in grades if grade.needs_manual_grade] == ["why"]
    fresh.nbgrader("generate_feedback", "evolution")
    page = (fresh.root / "feedback" / "ada" / "evolution" / "evolution.html").read_text(encoding="utf-8")
    assert "0 of 5" in page and "selection" in page and "<b>selection" not in page


def test_an_instructors_own_test_cell_is_refused(fresh) -> None:
    with_cell(fresh, question("code", solution=False, locked=True))
    (fresh.root / "submitted" / "ada" / "evolution").mkdir(parents=True)
    said = fresh.nbgrader("autograde", "evolution", status=1)
    assert "test cells that only a kernel could run: why" in said and "Traceback" not in said
