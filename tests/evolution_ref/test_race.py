"""python -m evolution_ref race: the student's rungs, the reference's, and how they are shown."""

import io
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from evolution_ref.__main__ import main
from evolution_ref.mistakes import WrongCall
from evolution_ref.race import command, ladder, reference, student
from evolution_ref.race.ladder import Rung, Standing, climb
from evolution_ref.race.shown import drawn, picture, speed_in_words

HOUSE = Path(__file__).resolve().parents[2]


def measured(folder):
    return {standing.rung.name: standing for standing in climb(student.student_rungs(folder))}


@pytest.fixture
def quick(monkeypatch):
    """Short measurements, and no Ray, whose start takes long; test_cluster.py starts one."""
    for module in (ladder, reference):
        monkeypatch.setattr(module, "SECONDS", 0.01)
    rungs = [rung for rung in reference.reference_rungs() if rung.name not in ("ray", "pool")]
    monkeypatch.setattr(command, "reference_rungs", lambda: rungs)


@pytest.fixture
def answers(tmp_path):
    """The model answers, as a student who has done all hands them in: no other file of the course beside them."""
    folder = tmp_path / "answers"
    folder.mkdir()
    for file in (HOUSE / "solutions").glob("stage*.py"):
        shutil.copy(file, folder)
    return folder


def test_stages_that_are_done_get_a_speed(answers):
    standings = measured(answers)
    assert [standing.said for standing in standings.values()] == ["", "", ""]
    assert all(standing.speed > 100 for standing in standings.values())
    assert standings["your stage 3"].ratio == 0
    assert standings["your stage 4"].ratio == pytest.approx(
        standings["your stage 4"].speed / standings["your stage 3"].speed
    )
    assert not (answers / "__pycache__").exists()


def test_stubs_are_not_done_yet_and_the_race_goes_on(quick, capsys):
    assert main(["race", str(HOUSE / "exercises")]) == 0
    said = capsys.readouterr().out
    assert said.count("not done yet") == 3
    assert "vectorised" in said and "the limit" in said and "Traceback" not in said


def test_a_done_stage_says_which_stage_it_waits_for(answers):
    shutil.copy(HOUSE / "exercises" / "stage2_sample_params.py", answers)
    (answers / "stage4_parallel.py").unlink()
    standings = measured(answers)
    assert standings["your stage 3"].said == "needs stage2_sample_params.py"
    assert standings["your stage 6"].speed > 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ZeroDivisionError('\\x1b[31mred')", "stopped: ZeroDivisionError:  [31mred"),
        ("import os; os._exit(3)", "stopped: its process ended without an answer"),
        (
            'print(\'{"steps": 1e99, "seconds": 1}\'); return None, None',
            "stopped: ValueError: on_generation was called",
        ),
        ("import time; time.sleep(100)", "stopped: not ready after 2 s"),
    ],
)
def test_a_stage_that_goes_wrong_is_told_in_a_line(body, said, answers, monkeypatch):
    monkeypatch.setattr(student, "PATIENCE", 20.0 if "sleep" not in body else 2.0)
    (answers / "stage3_serial.py").write_text(f"def evolve_serial(*args, **named):\n    {body}\n")
    rung = student.student_rungs(answers)[0]
    with pytest.raises(WrongCall) as refused:
        rung.measure()
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_a_batch_that_plays_other_episodes_gets_no_speed(answers):
    (answers / "stage6_vectorised.py").write_text(
        "def episode_batch(pop, env_id, seeds):\n    return [500.0] * len(pop)\n"
    )
    assert "episode_batch and episode give other fitness" in measured(answers)["your stage 6"].said


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["race", "nowhere"], "no folder nowhere"),
        (["race", "empty"], "empty has no stage file"),
        (["race", "--save", "ladder.png"], "expected a name that ends with .svg"),
        (["race", "one", "two"], "unexpected extra argument"),
        (["race", "--env_id", "CartPole-v0"], "No such option"),
    ],
)
def test_a_wrong_call_ends_with_2_before_anything_is_measured(arguments, expected, tmp_path, monkeypatch, capsys):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "reference_rungs", lambda: pytest.fail("measured"))
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert expected in said and len(said.splitlines()) == 2


def test_the_ladder_is_saved_as_well_formed_svg(quick, tmp_path, monkeypatch):
    pytest.importorskip("numba", reason="pip install '.[fast]' brings numba")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "stage3_serial.py").write_text(
        "def evolve_serial(*args, **named): raise NotImplementedError\n"
    )
    assert main(["race", "--save", "ladder.svg"]) == 0
    root = ElementTree.parse(tmp_path / "ladder.svg").getroot()
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words[1] == "the limit" and "vectorised" in words


def standing(name, **more):
    return Standing(
        Rung(name, "a reason that is <long> & takes more than one line of forty columns", "", float), **more
    )


@pytest.mark.parametrize("width", [40, 120])
def test_a_rung_fits_the_terminal(width):
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(drawn(standing("compiled, 2 cores", speed=2.7e8, ratio=1234.0), width))
    console.print(drawn(standing("ray", said="the engine 'ray' needs ray, which is not installed: pip"), width))
    lines = console.export_text().splitlines()
    assert max(map(len, lines)) <= width
    assert "█" in lines[0] and "270 M" in lines[0] and "× 1,234" in lines[0]


def test_a_picture_shows_only_what_was_measured_and_escapes_its_words():
    root = ElementTree.fromstring(picture([standing("map", speed=1e5), standing("ray", said="no")], "a < b"))
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words[:2] == ["a < b", "map"] and "ray" not in words and any("<long> &" in word for word in words if word)


@pytest.mark.parametrize(
    ("speed", "words"), [(999, "999  "), (9_960, "10 k"), (999_600, "1.0 M"), (2.7e8, "270 M"), (3e9, "3.0 G")]
)
def test_a_speed_has_three_digits_at_most(speed, words):
    assert speed_in_words(speed) == words
