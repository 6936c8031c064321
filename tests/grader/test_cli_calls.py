"""The command line: wrong calls end with status 2 and at most four lines; right ones do their work."""

import subprocess
import sys
from pathlib import Path

import pytest

import grader.__main__ as command_line

STAGE = "stage1_forward.py"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a class, an empty folder, and a file."""
    (tmp_path / "class" / "alice").mkdir(parents=True)
    (tmp_path / "class" / "alice" / STAGE).write_text("x = 1\n")
    (tmp_path / "other" / "alice").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


WRONG = {
    "": "Missing command",
    "frobnicate": "frobnicate",
    "grade": "PATH",
    "grade --out grades": "PATH",
    "grade class": "--out",
    "grade absent --out grades": "absent",
    "grade empty --out grades": "empty holds no submission",
    "grade file.txt --out grades": "file.txt",
    "grade class --out": "--out",
    "grade class --out class/grades": "inside the submissions",
    "grade class/alice --out class": "into the submission",
    "grade class --out file.txt": "file.txt is a file",
    "grade class --out file.txt/grades": "file.txt",
    f"grade class --out {'x' * 5000}": "too long",
    f"grade {'x' * 5000} --out grades": "too long",
    "grade class --out grades --jobs 0": "--jobs",
    "grade class --out grades --jobs -3": "--jobs",
    "grade class --out grades --jobs many": "--jobs",
    "grade class --out grades --isolation none": "--isolation",
    "grade class --out grades --frobnicate": "--frobnicate",
    "grade class other --out grades": "alice",
    "grade class/\x1b[31m\n\n\n\nx --out grades": "class/",
    "release": "DIR",
    "release full": "full",
    "release file.txt": "file.txt",
    "build now": "now",
    "checks now": "now",
    "slips now": "now",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_call_says_what_was_wrong_in_at_most_four_lines(
    here: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(here.rglob("*"))
    status = command_line.main(words.split(" ") if words else [])
    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert status == 2
    assert WRONG[words] in said
    assert 1 <= len(said.splitlines()) <= 4 and "Traceback" not in said and "\x1b" not in said
    assert sorted(here.rglob("*")) == before, "a wrong call left something behind"


def test_a_missing_checkout_is_said(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command_line, "SOLUTIONS", here / "solutions")
    assert command_line.main(["build"]) == 2
    assert "checkout" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", ["--help", "grade --help", "release -h", "build --help", "checks --help", "slips --help"]
)
def test_help_is_status_0(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(words.split()) == 0
    assert "Usage: python -m grader" in capsys.readouterr().out


def test_the_module_runs_as_a_program_with_its_status(here: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "grader", "grade", "absent", "--out", "grades"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 2
    assert "absent" in process.stderr and process.stdout == ""


def test_a_real_class_is_graded_from_the_command_line(here: Path) -> None:
    (here / "class" / "bob").mkdir()
    process = subprocess.run(
        [sys.executable, "-m", "grader", "grade", "class", "--out", "new/grades"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert (here / "new/grades/grades.csv").read_text().count("graded") == 2
    assert "Isolation: bwrap" in process.stdout and "new/grades/index.html" in process.stdout
