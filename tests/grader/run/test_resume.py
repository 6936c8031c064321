"""What a second run with the same --out grades again, and what not."""

import json

from school import School


def test_a_second_call_grades_nothing_again(school: School) -> None:
    school.hand_in("alice", "20")
    school.hand_in("bob", "10")
    school.grade()
    first = (school.out / "grades.csv").read_bytes()
    status, screen = school.grade()
    assert status == 0 and "2 as graded before" in screen
    assert school.log() == {"alice": 1, "bob": 1}
    assert (school.out / "grades.csv").read_bytes() == first


def test_fresh_grades_all_again(school: School) -> None:
    school.hand_in("alice", "20")
    school.grade()
    school.grade(fresh=True)
    assert school.log() == {"alice": 2}


def test_only_what_changed_is_graded_again(school: School) -> None:
    school.hand_in("alice", "20")
    school.hand_in("bob", "10")
    school.grade()
    school.hand_in("bob", "15")
    school.hand_in("carol", "1")
    school.grade()
    assert school.log() == {"alice": 1, "bob": 2, "carol": 1}
    assert school.rows()["bob"]["score"] == "15"


def test_another_file_beside_the_stages_is_named_without_grading_again(school: School) -> None:
    school.hand_in("alice", "20")
    school.grade()
    (school.folder / "alice" / "diary.txt").write_text("")
    school.grade()
    assert school.log() == {"alice": 1}
    assert "diary.txt" in (school.out / "alice" / "feedback.html").read_text()


def test_other_checks_or_another_isolation_grade_again(school: School) -> None:
    school.hand_in("alice", "20")
    school.grade()
    path = school.out / "alice" / "results.json"
    table = json.loads(path.read_text())
    table["extra_data"]["checks_hash"] = "of last year"
    path.write_text(json.dumps(table))
    school.grade()
    school.grade(isolation="process")
    assert school.log() == {"alice": 3}


def test_a_damaged_result_is_graded_again(school: School) -> None:
    school.hand_in("alice", "20")
    school.grade()
    (school.out / "alice" / "results.json").write_text('{"score": 100')
    school.grade()
    assert school.log() == {"alice": 2}
