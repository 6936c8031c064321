"""``nbgrader autograde`` over a class, with every fault that takes points in nbgrader itself."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from grader.build import exercises
from grader.manifest import course

STAGES = course().stages


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return {row.get("student_id") or row["submission"]: row for row in csv.DictReader(file)}


def stage_points(row: dict[str, str]) -> list[float]:
    return [float(row[f"stage{stage.number}"]) for stage in STAGES]


def by_nbgrader(folder: Path) -> dict[str, list[float]]:
    """Return what the gradebook has for each cell, by student."""
    points = {}
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        for student in gradebook.students:
            notebook = gradebook.find_submission_notebook("evolution", "evolution", student.id)
            scores = {grade.name: grade.score for grade in notebook.grades}
            points[student.id] = [scores[f"test_{stage.module}"] for stage in STAGES]
    return points


def test_every_hand_in_gets_the_points_of_the_grader(graded) -> None:
    other = {name: stage_points(row) for name, row in rows(graded.root / "by-grader" / "grades.csv").items()}
    ours = by_nbgrader(graded.root)
    assert sorted(ours) == sorted(other) and len(ours) >= 12
    for name, points in ours.items():
        assert points == pytest.approx(other[name], abs=1e-6), name


@pytest.mark.parametrize(
    ("student", "points"),
    [
        ("right-in-files", [20, 20, 30, 30, 10, 10]),
        ("right-in-a-notebook", [20, 20, 30, 30, 0, 0]),
        ("untouched", [0] * 6),
        ("metadata-lost", [20, 20, 0, 0, 0, 0]),
        ("deleted-and-doubled", [20, 20, 0, 0, 0, 0]),
        ("forger", [0] * 6),
        ("floods", [20, 0, 0, 0, 0, 0]),
        ("not-python", [20, 0, 0, 0, 0, 0]),
        ("late-and-loud", [20, 0, 0, 0, 0, 0]),
        ("broken-json", [0] * 6),
        ("Жанна Чжан", [0, 20, 0, 0, 0, 0]),
        ("renamed", [0] * 6),
        ("links", [20, 0, 0, 0, 0, 0]),
    ],
)
def test_a_hand_in_gets_the_points_that_its_code_earns(graded, student: str, points: list[float]) -> None:
    assert by_nbgrader(graded.root)[student] == pytest.approx(points)


@pytest.mark.parametrize(
    ("student", "stage"), [("half-right", 1), ("half-right", 2), ("kills-its-process", 1), ("loops", 2)]
)
def test_part_of_a_stage_earns_part_of_its_points(graded, student: str, stage: int) -> None:
    assert 0 < by_nbgrader(graded.root)[student][stage - 1] < 20


def test_no_student_code_runs_outside_the_seal(graded) -> None:
    assert not graded.marker.exists()


def test_nothing_is_left_to_grade_by_hand_and_nobody_failed(graded) -> None:
    with Gradebook(f"sqlite:///{graded.root}/gradebook.db") as gradebook:
        grades = [
            grade
            for student in gradebook.students
            for grade in gradebook.find_submission_notebook("evolution", "evolution", student.id).grades
        ]
    assert len(grades) == 6 * len(list((graded.root / "submitted").iterdir()))
    assert not [grade for grade in grades if grade.needs_manual_grade or grade.auto_score is None]
    assert "ERROR" not in graded.said["autograde"] and "Traceback" not in graded.said["autograde"]


def test_an_autograded_notebook_has_each_test_cell_once_and_the_answer_before_it(graded) -> None:
    notebooks = list((graded.root / "autograded").glob("*/evolution/evolution.ipynb"))
    assert len(notebooks) >= 12
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells if "nbgrader" in cell["metadata"]]
        assert len(set(ids)) == len(ids), path
        assert {f"test_{stage.module}" for stage in STAGES} <= set(ids), path
        for stage in STAGES:
            if stage.module in ids:
                assert ids.index(stage.module) < ids.index(f"test_{stage.module}")


def test_a_hand_in_of_files_is_shown_to_the_instructor(graded) -> None:
    path = graded.root / "autograded" / "Жанна Чжан" / "evolution" / "evolution.ipynb"
    assert "def sample_params" in path.read_text(encoding="utf-8")


def test_links_of_a_hand_in_are_not_followed(graded) -> None:
    folder = graded.root / "autograded" / "links" / "evolution"
    assert {path.name for path in folder.iterdir()} == {"evolution.ipynb", "stage1_forward.py", "assets"}
    assert "def evolve_serial" not in (folder / "evolution.ipynb").read_text(encoding="utf-8")


def test_what_was_handed_in_stays_as_it_was(graded) -> None:
    names = {path.name for path in (graded.root / "submitted" / "right-in-files" / "evolution").iterdir()}
    assert names == {stage.file for stage in STAGES}


def test_the_release_is_the_exercises(graded) -> None:
    """But for what nbgrader adds to the notebook."""
    folder = graded.root / "release" / "evolution"
    given = {name.removeprefix("exercises/"): content for name, content in exercises().items()}
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "evolution.ipynb":
            assert path.read_bytes() == given[str(path.relative_to(folder))], path
    assert "BEGIN SOLUTION" not in (folder / "evolution.ipynb").read_text(encoding="utf-8")


def test_a_late_hand_in_keeps_its_points_and_its_penalty(graded) -> None:
    graded.nbgrader("export")
    row = rows(graded.root / "grades.csv")["late-and-loud"]
    assert [float(row[key]) for key in ("raw_score", "late_submission_penalty", "score")] == [20, 20, 0]
    assert row["timestamp"] == "2030-01-02 00:00:00"


def test_the_export_has_a_column_a_stage_and_counts_to_100(graded) -> None:
    with Gradebook(f"sqlite:///{graded.root}/gradebook.db") as gradebook:
        gradebook.update_or_create_student("half-right", last_name='Ó "Neil", Jr.', first_name="=1+1")
    said = graded.nbgrader("export", "--exporter=grader.nbgrader_plugin.StageExport", "--to=stages.csv")
    assert "max_score is 100" in said
    table = rows(graded.root / "stages.csv")
    assert {row["max_score"] for row in table.values()} == {"100"}
    assert table["half-right"]["last_name"] == 'Ó "Neil", Jr.'
    assert table["half-right"]["first_name"] == "'=1+1"
    for name, points in by_nbgrader(graded.root).items():
        assert stage_points(table[name]) == pytest.approx(points, abs=1e-6)
        assert float(table[name]["raw_score"]) == pytest.approx(sum(points), abs=1e-6)


def test_the_gradebook_holds_no_answer_and_no_hidden_check(graded) -> None:
    with sqlite3.connect(graded.root / "gradebook.db") as database:
        text = "\n".join(database.iterdump())
    assert "BEGIN SOLUTION" not in text and "np.stack([params[key]" not in text and "@check(" not in text
