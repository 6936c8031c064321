"""What render.py saves without a screen, and who plays in it."""

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageChops
from rendering import STAGE_1, render


def frames_of(path):
    """Return the pictures of a GIF."""
    with Image.open(path) as film:
        for place in range(film.n_frames):
            film.seek(place)
            yield film.convert("RGB")


def moved(one, other, box):
    return ImageChops.difference(one.crop(box), other.crop(box)).getbbox() is not None


def test_a_gif_is_saved_without_a_screen_and_its_frames_move(bundle):
    answer = render(bundle, "--env_id", "CartPole-v0", "--agent_id", 1, "--save", "a.gif", "--seed", 3)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "played by the reference" in answer.stdout and "generation 1: reward" in answer.stdout
    assert "saved a.gif" in answer.stdout.splitlines()[-1]
    frames = list(frames_of(bundle / "a.gif"))
    assert len(frames) >= 4
    width, height = frames[0].size
    below, header = (0, 52, width, height), (0, 0, width, 52)
    for one, other in pairwise(frames[:-1]):
        assert moved(one, other, below), "the cart stands still"
    assert moved(frames[0], frames[-1], header), "step and reward stand still"


def test_two_agents_stand_side_by_side_on_the_same_start(bundle):
    arguments = ("--env_id", "CartPole-v0", "--agent_id", 0, "--compare", "best", "--save", "two.gif", "--seed", 3)
    answer = render(bundle, *arguments)
    assert answer.returncode == 0, answer.stderr
    assert "generation 0: reward" in answer.stdout and "best: generation 2: reward" in answer.stdout
    first = next(frames_of(bundle / "two.gif"))
    half = first.width // 2
    left, right = first.crop((0, 52, half - 2, first.height)), first.crop((half, 52, 2 * half - 2, first.height))
    assert abs(np.asarray(left, int) - np.asarray(right, int)).mean() < 1


def test_the_same_seed_gives_the_same_film_and_episodes_follow_each_other(bundle):
    for name in ("one.gif", "two.gif"):
        arguments = ("--env_id", "MountainCarContinuous-v0", "--agent_id", 0, "--seed", 1, "--save", name)
        answer = render(bundle, *arguments)
        assert answer.returncode == 0, answer.stderr
    assert (bundle / "one.gif").read_bytes() == (bundle / "two.gif").read_bytes()
    answer = render(bundle, "--env_id", "CartPole-v0", "--agent_id", 0, "--episodes", 3, "--save", "three.gif")
    assert answer.stdout.count("generation 0: reward") == 3


def test_the_students_stage_1_plays_where_it_is_done(bundle):
    (bundle / "exercises" / "stage1_forward.py").write_text(STAGE_1)
    for reference in (True, False):
        answer = render(bundle, "--env_id", "CartPole-v0", "--agent_id", "best", "--save", "a.gif", reference=reference)
        assert (answer.returncode, answer.stderr) == (0, "")
        assert "played by your stage 1" in answer.stdout and "best: generation 2" in answer.stdout


def test_an_agent_saved_by_the_student_is_shown_too(bundle):
    (bundle / "exercises" / "stage1_forward.py").write_text(STAGE_1)
    names = "'MountainCarContinuous-v0', 'my own'"
    script = f"from evolution import *; save_params(load_params('MountainCarContinuous-v0', 0), {names})"
    subprocess.run([sys.executable, "-c", script], cwd=bundle / "exercises", check=True)
    arguments = ("--env_id", "MountainCarContinuous-v0", "--agent_id", "my own", "--save", "a.gif")
    answer = render(bundle, *arguments, reference=False)
    assert answer.returncode == 0 and "my own: generation 0: reward" in answer.stdout, answer.stderr


def test_without_the_reference_a_stub_is_told_to_do_stage_1_first(bundle):
    arguments = ("--env_id", "CartPole-v0", "--agent_id", 0, "--save", "a.gif")
    answer = render(bundle, *arguments, reference=False)
    assert answer.returncode == 2 and "write exercises/stage1_forward.py first" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1 and not list(bundle.glob("*.gif"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (STAGE_1.replace('params["w0"]', 'params["w9"]'), "KeyError: 'w9' (stage1_forward.py, line 3)"),
        (STAGE_1.replace("int(np.argmax(forward(x, params)))", "0.5"), "takes no action 0.5"),
        (
            STAGE_1.replace("np.maximum(np.reshape(x, (1, -1))", "np.maximum(np.ones((1, 9))"),
            "(stage1_forward.py, line 3)",
        ),
        (STAGE_1.replace("np.argmax(", "np.argmax(axis=7, a="), "(stage1_forward.py, line 5)"),
        ("def forward(x, params:\n", "SyntaxError: '(' was never closed (stage1_forward.py, line 1)\n"),
    ],
    ids=["raises", "wrong action", "wrong shape", "in numpy", "syntax"],
)
def test_a_stage_1_that_cannot_play_is_named_without_a_traceback(code, said, bundle):
    (bundle / "exercises" / "stage1_forward.py").write_text(code)
    answer = render(bundle, "--env_id", "CartPole-v0", "--agent_id", 0, "--save", "a.gif")
    assert answer.returncode == 2 and said in answer.stderr and "Traceback" not in answer.stderr
    assert len(answer.stderr.splitlines()) <= 4 and not list(bundle.glob("*a.gif*"))
