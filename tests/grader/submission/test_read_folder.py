"""Reading a submission's folder: bytes as they are, regular files only."""

import os
import socket
from pathlib import Path

import pytest

from grader.manifest import course
from grader.models import answer_text
from grader.submission import Found, Rejected, Submission, read_submission

STAGE = "stage1_forward.py"


def read(path: Path) -> Submission:
    return read_submission(Found(path.name, path))


def test_all_six_files_are_read_as_bytes(tmp_path: Path) -> None:
    for stage in course().stages:
        (tmp_path / stage.file).write_text(answer_text(stage.number))
    submission = read(tmp_path)
    assert sorted(submission.stages) == [1, 2, 3, 4, 5, 6]
    assert submission.stages[4].text.decode() == answer_text(4)
    assert submission.stages[4].origin == "stage4_parallel.py"
    assert submission.ignored == ()


def test_an_empty_folder_is_a_submission_of_nothing(tmp_path: Path) -> None:
    assert read(tmp_path).stages == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbfx = 1\r\n",
        b"# coding: latin-1\nname = '\xe9'\n",
        b"if 1:\n\tx = 1\n",
        b"\xff\xfe\x00 = (",
        b"\0",
    ],
)
def test_the_bytes_are_passed_on_whatever_they_are(tmp_path: Path, content: bytes) -> None:
    (tmp_path / STAGE).write_bytes(content)
    assert read(tmp_path).stages[1].text == content


def test_the_hash_follows_the_sources_alone(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for path in (one, two):
        path.mkdir()
        (path / STAGE).write_text("x = 1\n")
    (two / "notes.txt").write_text("hello")
    assert read(one).hash == read(two).hash
    (two / STAGE).write_text("x = 2\n")
    assert read(one).hash != read(two).hash


@pytest.mark.parametrize("kind", ["link", "dangling link", "fifo", "folder", "device link", "socket"])
def test_what_is_no_regular_file_is_not_opened(tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("x = 1\n")
    home = tmp_path / "alice"
    home.mkdir()
    target = home / STAGE
    (home / "stage2_sample_params.py").write_text("x = 2\n")
    match kind:
        case "link":
            target.symlink_to(secret)
        case "dangling link":
            target.symlink_to(tmp_path / "absent")
        case "device link":
            target.symlink_to("/dev/zero")
        case "fifo":
            os.mkfifo(target)
        case "folder":
            target.mkdir()
        case "socket":
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(os.path.relpath(target))
    submission = read(home)
    assert sorted(submission.stages) == [2]
    assert [line.partition(" ")[0] for line in submission.ignored] == [STAGE]


def test_a_device_is_not_opened(tmp_path: Path) -> None:
    try:
        os.mknod(tmp_path / STAGE, 0o20666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("making a device needs root")
    assert read(tmp_path).stages == {}


def test_a_link_to_another_submission_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / STAGE).write_text("x = 1\n")
    (tmp_path / "mallory").symlink_to(tmp_path / "alice")
    with pytest.raises(Rejected, match="link"):
        read(tmp_path / "mallory")


def test_a_file_over_the_cap_costs_its_stage_only(tmp_path: Path) -> None:
    with (tmp_path / STAGE).open("wb") as file:
        file.truncate(1 << 40)
    (tmp_path / "stage2_sample_params.py").write_text("x = 1\n")
    submission = read(tmp_path)
    assert sorted(submission.stages) == [2]
    assert submission.ignored == (f"{STAGE} (larger than 256 kB)",)


def test_other_files_are_named_and_a_near_miss_is_told_the_right_name(tmp_path: Path) -> None:
    for name in (
        "Stage1_Forward.py",
        "stage2_sample_params (1).py",
        "evolution-Copy1.ipynb",
        "evolution.py",
        "pic.png",
    ):
        (tmp_path / name).write_text("")
    lines = read(tmp_path).ignored
    assert "Stage1_Forward.py (to hand it in, name it stage1_forward.py)" in lines
    assert "stage2_sample_params (1).py (to hand it in, name it stage2_sample_params.py)" in lines
    assert "evolution-Copy1.ipynb (to hand it in, name it evolution.ipynb)" in lines
    assert "pic.png" in lines


@pytest.mark.parametrize("place", ["exercises", "bundle/exercises"])
def test_stage_files_in_a_folder_of_the_submission_are_told_and_not_read(tmp_path: Path, place: str) -> None:
    """As where the whole bundle is handed in as a folder; a link to stage files is not followed."""
    (tmp_path / "assets").mkdir()
    (tmp_path / place).mkdir(parents=True)
    (tmp_path / place / STAGE).write_text("x = 1\n")
    (tmp_path / "linked").symlink_to(tmp_path / place)
    submission = read(tmp_path)
    assert submission.stages == {}
    advice = "the stage files in it were not read; to hand them in, hand in the folder exercises itself, or its files"
    assert set(submission.ignored) == {"assets/", f"{place}/ ({advice})", "linked"}


def test_a_thousand_other_files_do_not_flood_the_feedback(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number}.txt").write_text("")
    lines = read(tmp_path).ignored
    assert len(lines) == 51 and lines[-1] == "and 950 more"


def test_nothing_of_a_submission_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    (tmp_path / STAGE).write_text(f"open({str(trap)!r}, 'w')\n")
    (tmp_path / "conftest.py").write_text(f"open({str(trap)!r}, 'w')\n")
    read(tmp_path)
    assert not trap.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"import a" + b".a" * 100_000, "parts"),
        (b"import a" + b" \\\n . a" * 1000, "parts"),
        (b"import " + ".é".encode() * 1000, "parts"),
        (b"# coding: punycode\n" + b"x" * 200_000, "UTF-8"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=utf-7 :\n", "UTF-8"),
        (b"\r# coding: punycode\n", "UTF-8"),
        (b"\xef\xbb\xbf# coding: punycode\n", "UTF-8"),
        (b"x = f'" + b"{a}" * 80_000 + b"'\n", "curly"),
        (b"# caf\xe9\n# coding: raw_unicode_escape\n", "UTF-8"),
    ],
)
def test_a_source_made_to_exhaust_the_parser_is_kept_from_it(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / STAGE).write_bytes(content)
    (tmp_path / "stage2_sample_params.py").write_text("x = 1\n")
    submission = read(tmp_path)
    assert sorted(submission.stages) == [2]
    assert submission.ignored[0].startswith(STAGE) and why in submission.ignored[0]


@pytest.mark.parametrize(
    "coding",
    [
        "utf-8",
        "UTF8",
        "latin-1",
        "iso-8859-15",
        "cp1252",
        "ascii",
        "shift_jis",
        "gbk",
        "koi8-r",
        "mac-roman",
        "no-such",
    ],
)
def test_the_encodings_that_people_use_are_read(tmp_path: Path, coding: str) -> None:
    content = f"# -*- coding: {coding} -*-\nx = 1\n".encode()
    (tmp_path / STAGE).write_bytes(content)
    assert read(tmp_path).stages[1].text == content


@pytest.mark.parametrize("content", [b"#" * 250_000, b"#coding" * 35_000, b"\n\n# coding: punycode\n"])
def test_comments_that_name_no_encoding_to_python_are_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / STAGE).write_bytes(content)
    assert read(tmp_path).stages[1].text == content
