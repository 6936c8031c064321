"""Stage 4's speed on CartPole, in real seals: what is said of it, how often it is measured, worth no point."""

import re
from pathlib import Path

import pytest

from grader.__main__ import main
from grader.models import answer_text, edited
from grader.report import read_result
from grader.slips import slips_of
from grader.speed import KEY, speed_up

FILES = {3: "stage3_serial.py", 4: "stage4_parallel.py"}
RATIO = re.compile(r"On CartPole (\d+\.\d) times as fast with 2 processes as with one")


def test_it_is_shown_beside_the_grade_measured_once_and_changes_no_point(tmp_path: Path) -> None:
    folder, out = tmp_path / "class" / "ada", tmp_path / "out"
    folder.mkdir(parents=True)
    (folder / FILES[4]).write_text(answer_text(4), encoding="utf-8")
    grade = ["grade", str(folder), "--out", str(out)]
    assert main(grade) == 0
    before = read_result(out / "ada", "ada")
    assert before is not None and before.score > 0 and KEY not in before.extra
    assert main([*grade, "--speed"]) == 0
    after = read_result(out / "ada", "ada")
    assert after is not None and after.score == before.score
    page = (out / "ada" / "feedback.html").read_text(encoding="utf-8")
    assert "worth no points" in after.extra[KEY] and after.extra[KEY] in page
    written = (out / "ada" / "results.json").stat().st_mtime_ns
    assert main([*grade, "--speed"]) == 0
    assert (out / "ada" / "results.json").stat().st_mtime_ns == written


def test_threads_and_processes_are_measured_alike() -> None:
    threads = next(slip for slip in slips_of(4) if slip.name == "threads")
    for text in (answer_text(4), edited(4, threads.edits)):
        found = RATIO.match(speed_up({4: text.encode()}, "bwrap", cores=2))
        assert found and float(found[1]) > 0


@pytest.mark.parametrize("text", ["raise ValueError('not today')", "import os\nos._exit(0)", "x = 1"])
def test_a_stage_that_stops_has_no_speed_and_says_why(text: str) -> None:
    words = speed_up({4: text.encode()}, "bwrap", cores=2)
    assert words.startswith("Its speed on CartPole could not be measured: ")
