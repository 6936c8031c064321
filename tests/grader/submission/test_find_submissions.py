"""Which paths are submissions, and what their rows are called."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from grader.submission import WrongCall, find_submissions, passed_over

STAGE = "stage1_forward.py"


def folder(path: Path, *names: str) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name in names:
        (path / name).write_text("x = 1\n")
    return path


def archive(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(STAGE, "x = 1\n")
    else:
        with tarfile.open(path, "w:gz") as file:
            item = tarfile.TarInfo(STAGE)
            item.size = 6
            file.addfile(item, io.BytesIO(b"x = 1\n"))
    return path


def names(*paths: Path) -> list[str]:
    return [found.name for found in find_submissions(paths)]


@pytest.mark.parametrize("name", [STAGE, "stage6_vectorised.py", "evolution.ipynb"])
def test_a_folder_with_a_stage_file_or_the_notebook_is_a_submission(tmp_path: Path, name: str) -> None:
    assert names(folder(tmp_path / "alice", name, "notes.txt")) == ["alice"]


def test_any_other_folder_is_a_folder_of_submissions(tmp_path: Path) -> None:
    folder(tmp_path / "class" / "bob", STAGE)
    folder(tmp_path / "class" / "alice", "evolution.ipynb")
    folder(tmp_path / "class" / "nothing")
    archive(tmp_path / "class" / "carol.zip")
    archive(tmp_path / "class" / "dave.tar.gz")
    archive(tmp_path / "class" / "erin.ZIP")
    assert names(tmp_path / "class") == ["alice", "bob", "carol", "dave", "erin", "nothing"]


def test_a_student_named_like_a_stage_file_does_not_make_the_class_a_submission(tmp_path: Path) -> None:
    folder(tmp_path / "class" / STAGE, STAGE)
    assert names(tmp_path / "class") == [STAGE]


def test_an_archive_keeps_its_ending_where_another_has_its_name(tmp_path: Path) -> None:
    folder(tmp_path / "alice", STAGE)
    archive(tmp_path / "alice.zip")
    archive(tmp_path / "bob.zip")
    archive(tmp_path / "bob.tar.gz")
    assert names(tmp_path) == ["alice", "alice.zip", "bob.tar.gz", "bob.zip"]


@pytest.mark.parametrize("name", [".zip", "..zip", "...zip", " .zip", ".tar.gz"])
def test_an_archive_whose_name_is_only_an_ending_keeps_it(tmp_path: Path, name: str) -> None:
    assert names(archive(tmp_path / name)) == [name]


def test_a_folder_that_ends_like_an_archive_keeps_its_name(tmp_path: Path) -> None:
    assert names(folder(tmp_path / "class" / "alice.zip", STAGE).parent) == ["alice.zip"]


def test_in_nbgraders_layout_a_row_is_named_by_the_student(tmp_path: Path) -> None:
    folder(tmp_path / "submitted" / "alice" / "evolution", STAGE)
    archive(tmp_path / "submitted" / "bob" / "evolution" / "homework.zip")
    folder(tmp_path / "submitted" / "carol" / "evolution", "notes.txt")
    folder(tmp_path / "submitted" / "dave", STAGE)
    folder(tmp_path / "submitted" / "dave" / "evolution", STAGE)
    found = {
        item.name: item.path.relative_to(tmp_path / "submitted") for item in find_submissions([tmp_path / "submitted"])
    }
    inside = Path("evolution")
    assert found == {"alice": "alice" / inside, "bob": "bob" / inside, "carol": Path("carol"), "dave": Path("dave")}


def test_paths_add_up_and_the_same_one_twice_counts_once(tmp_path: Path) -> None:
    alice, bob = folder(tmp_path / "a" / "alice", STAGE), folder(tmp_path / "b" / "bob", STAGE)
    assert names(bob, alice, tmp_path / "a", tmp_path / "a" / ".." / "a") == ["alice", "bob"]


def test_two_submissions_of_one_name_are_refused_with_both_named(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "a" / "alice", STAGE), folder(tmp_path / "b" / "alice", STAGE)
    with pytest.raises(WrongCall) as error:
        names(one, two)
    assert str(one) in str(error.value) and str(two) in str(error.value)
    assert len(str(error.value).splitlines()) <= 4


def test_names_of_the_current_folder_come_from_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder(tmp_path / "alice", STAGE))
    assert names(Path(".")) == ["alice"]


@pytest.mark.parametrize("name", ["Ana_12345_assignsubmission_file_", "=1+1", "--out", "<b>", "ἀ β", "a" * 200, "x\ny"])
def test_names_pass_through_unchanged(tmp_path: Path, name: str) -> None:
    folder(tmp_path / "class" / name, STAGE)
    assert names(tmp_path / "class") == [name]


def test_what_tools_leave_behind_is_no_submission(tmp_path: Path) -> None:
    for name in ("__MACOSX", ".git", "__pycache__", "alice"):
        folder(tmp_path / name)
    (tmp_path / "._bob.zip").write_bytes(b"")
    (tmp_path / "carol.rar").write_bytes(b"")
    assert names(tmp_path) == ["alice"]
    assert passed_over([tmp_path]) == [tmp_path / "carol.rar"]


@pytest.mark.parametrize("path", ["absent", "class", "file.py"])
def test_a_path_without_a_submission_is_a_wrong_call(tmp_path: Path, path: str) -> None:
    folder(tmp_path / "class", "notes.txt")
    (tmp_path / "file.py").write_text("")
    with pytest.raises(WrongCall) as error:
        names(tmp_path / path)
    assert str(tmp_path / path) in str(error.value)
    assert len(str(error.value).splitlines()) <= 4
