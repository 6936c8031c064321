"""Where --out may not lie, one run at a time in it, and a disk that is full."""

import os

import pytest
from school import STAGE, School

from grader.run import STOPPED, grade_class
from grader.submission import WrongCall


@pytest.mark.parametrize("out", ["class", "class/grades", "class/alice", "class/alice/x/y", "class/../class/x"])
def test_an_out_inside_the_submissions_is_refused(school: School, out: str) -> None:
    school.hand_in("alice", "20")
    with pytest.raises(WrongCall, match="inside the submissions"):
        grade_class([school.folder], school.home / out)
    assert sorted(path.name for path in school.folder.rglob("*")) == ["alice", STAGE]


def test_an_out_that_would_write_into_a_submission_is_refused(school: School) -> None:
    school.hand_in("alice", "20")
    with pytest.raises(WrongCall, match="into the submission"):
        grade_class([school.folder / "alice"], school.folder)


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_two_runs_on_the_same_out_at_once_are_refused(school: School) -> None:
    school.hand_in("alice", "sleep 0.1")
    school.hand_in("bob", "sleep 60")
    process = school.start()
    school.wait_for(1)
    with pytest.raises(WrongCall, match="another run"):
        school.grade()
    process.kill()
    process.communicate()
    school.hand_in("bob", "10")
    assert school.grade()[0] == 0  # the lock went with its holder


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
def test_a_disk_that_is_full_gives_one_clear_line_and_leaves_old_files_whole(school: School) -> None:
    school.hand_in("alice", "20")
    school.grade()
    before = {path: path.read_bytes() for path in school.out.rglob("*") if path.is_file()}
    school.hand_in("bob", "10")
    process = school.start("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))")
    screen, _ = process.communicate(timeout=60)
    assert process.returncode == STOPPED
    assert "Traceback" not in screen and "damaged" in screen and "File too large" in screen
    assert {path: path.read_bytes() for path in before} == before
    assert not list(school.out.rglob("*.tmp"))
    assert school.grade()[0] == 0 and list(school.rows()) == ["alice", "bob"]
