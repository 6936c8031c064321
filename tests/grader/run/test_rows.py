"""Whose rows a run writes, under which names, and what a fault of the grader costs."""

import io
import os

from rich.console import Console
from school import School

from grader.report import result_folder
from grader.run import grade_class


def test_every_submission_has_a_row_sorted_by_name(school: School) -> None:
    for name, text in (("bob", "7.5"), ("alice", "20"), ("zoe", "0")):
        school.hand_in(name, text)
    (school.folder / "empty").mkdir()
    (school.folder / "broken.zip").write_text("no archive")
    (school.folder / "notes.txt").write_text("")
    status, screen = school.grade()
    rows = school.rows()
    assert status == 0
    assert list(rows) == ["alice", "bob", "broken", "empty", "zoe"]
    assert [row["score"] for row in rows.values()] == ["20", "7.5", "0", "0", "0"]
    assert rows["broken"]["status"] == "rejected" and "broken: rejected" in screen
    assert "notes.txt" in screen and "Isolation: bwrap" in screen and "index.html" in screen
    for name in rows:
        assert {path.name for path in (school.out / name).iterdir()} == {"results.json", "feedback.html"}


def test_rows_are_those_of_the_call_and_other_results_stay(school: School) -> None:
    school.hand_in("alice", "20")
    school.hand_in("bob", "10")
    school.grade()
    grade_class([school.folder / "bob"], school.out, console=Console(file=io.StringIO()))
    assert list(school.rows()) == ["bob"]
    assert (school.out / "alice" / "results.json").is_file()
    school.grade()
    assert list(school.rows()) == ["alice", "bob"] and school.log()["alice"] == 1


def test_names_of_every_kind_get_their_own_row_and_folder(school: School) -> None:
    names = ["index.html", "index.html_", "grades.csv", ".lock", "=1+1", "--out", "<b>", "a\nb", "名前", "x" * 255]
    names += [os.fsdecode(b"\xff\xfe"), "[red]", "a'b\"c", "-rf", " ", "\x1b[31m"]
    for name in names:
        school.hand_in(name, "20")
    status, screen = school.grade()
    rows = school.rows()
    assert status == 0 and len(rows) == len(names)
    assert {"'=1+1", "'--out", "<b>", "名前", "index.html", ".lock"} <= set(rows)
    assert "\x1b" not in screen and "[red]" in screen
    assert len({result_folder(name) for name in names}) == len(names)
    assert all((school.out / result_folder(name) / "results.json").is_file() for name in names)
    assert (school.out / "index.html").is_file() and (school.out / "grades.csv").is_file()


def test_a_fault_of_the_grader_costs_no_points_and_is_tried_again(school: School) -> None:
    school.hand_in("alice", "20")
    school.hand_in("bob", "fault")
    status, screen = school.grade()
    assert status == 0
    assert school.rows()["bob"]["status"] == "failed" and school.rows()["bob"]["score"] == ""
    assert "ZeroDivisionError: a fault of ours" in screen and "Traceback" in screen
    assert "ZeroDivisionError" not in (school.out / "bob" / "results.json").read_text()
    school.hand_in("bob", "10")
    school.grade()
    assert school.rows()["bob"]["score"] == "10" and school.log() == {"alice": 1, "bob": 2}


def test_a_worker_that_dies_takes_nobody_else_with_it(school: School) -> None:
    for name, text in (("a", "crash"), ("b", "1"), ("c", "crash"), ("d", "2"), ("e", "3")):
        school.hand_in(name, text)
    status, screen = school.grade()
    assert status == 0 and "exit code 3" in screen
    assert [row["status"] for row in school.rows().values()] == ["failed", "graded", "failed", "graded", "graded"]
