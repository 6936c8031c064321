"""render.py: what it shows and saves without a screen, who plays, and how it answers a wrong call."""

import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from evolution_ref.agents import save_params
from evolution_ref.policy import initialize_parameters

HOUSE = Path(__file__).resolve().parent.parent
NO_SCREEN = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
STAGE_1 = """import numpy as np
def forward(x, params):
    return (np.maximum(np.reshape(x, (1, -1)) @ params["w0"] + params["b0"], 0) @ params["w1"] + params["b1"])[0]
def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))
def continuous_action(x, params):
    return np.clip(forward(x, params), -1, 1)
"""


def driver():
    """Return an agent of MountainCarContinuous that pushes the way it rolls, and so reaches the flag."""
    params = {key: np.zeros_like(value) for key, value in initialize_parameters(2, 2, 1).items()}
    params["w0"][1], params["w1"][:, 0] = (1000.0, -1000.0), (1.0, -1.0)
    return params


@pytest.fixture
def bundle(tmp_path):
    """Return a folder as a student has it, render.py with exercises/, and a few agents in it."""
    for name in ("render.py", "assets/film.py", "exercises/evolution.py", "exercises/stage1_forward.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(HOUSE / name, tmp_path / name)
    rng = np.random.default_rng(1)
    agents = [initialize_parameters(4, 10, 2, rng) for _ in range(3)]
    for generation, params in enumerate(agents):
        save_params(params, "CartPole-v0", generation, tmp_path / "agents")
    save_params(agents[2], "CartPole-v0", "best", tmp_path / "agents")
    save_params(driver(), "MountainCarContinuous-v0", 0, tmp_path / "agents")
    return tmp_path


def render(folder, *arguments, reference=True):
    """Call render.py without a screen; without the reference, as where only the bundle is installed."""
    hide = "" if reference else "sys.modules['evolution_ref'] = None; "
    script = f"import sys, runpy; {hide}sys.path[0] = '.'; runpy.run_path('render.py', run_name='__main__')"
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=NO_SCREEN, capture_output=True, text=True, timeout=120)


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
        ("def forward(x, params:\n", "SyntaxError"),
    ],
    ids=["raises", "wrong action", "syntax"],
)
def test_a_stage_1_that_cannot_play_is_named_without_a_traceback(code, said, bundle):
    (bundle / "exercises" / "stage1_forward.py").write_text(code)
    answer = render(bundle, "--env_id", "CartPole-v0", "--agent_id", 0, "--save", "a.gif")
    assert answer.returncode == 2 and said in answer.stderr and "Traceback" not in answer.stderr
    assert len(answer.stderr.splitlines()) <= 4 and not list(bundle.glob("*a.gif*"))


WRONG_CALLS = {
    "": "the following arguments are required: --env_id, --agent_id",
    "--env_id Foo-v0 --agent_id 1": "'Foo-v0' is not one of",
    "--env_id CartPole-v0 --agent_id 7": "has 0 to 2",
    "--env_id CartPole-v0 --agent_id 1 --compare 9": "has 0 to 2",
    "--env_id CartPole-v1 --agent_id 1": "has none",
    "--env_id CartPole-v0 --agent_id ../CartPole-v0/1": "../CartPole-v0/1",
    "--env_id CartPole-v0 --agent_id nan": "",
    "--env_id CartPole-v0 --agent_id objects": "is not an agent",
    "--env_id CartPole-v0 --agent_id text": "is not an agent",
    "--env_id CartPole-v0 --agent_id car": "does not fit CartPole-v0",
    "--env_id CartPole-v0 --agent_id 1 --save nowhere/a.gif": "cannot write nowhere/a.gif: No such file",
    "--env_id CartPole-v0 --agent_id 1 --save /proc/a.gif": "cannot write /proc/a.gif",
    "--env_id CartPole-v0 --agent_id 1 --save a.mp4": "expected a name that ends in .gif",
    "--env_id CartPole-v0 --agent_id 1 --save folder.gif": "cannot write folder.gif",
    "--env_id CartPole-v0 --agent_id 1 --episodes 0": "--episodes 0: expected 1 to 20",
    "--env_id CartPole-v0 --agent_id 1 --seed x": "--seed: invalid int value: 'x'",
    "--env_id CartPole-v0 --agent_id 1 --seed -1": "--seed -1: expected 0 or more",
    "--env_id CartPole-v0 --agent_id 1": "no display here to open a window on: write a GIF with --save FILE.gif",
}


@pytest.mark.parametrize("reference", [True, False], ids=["reference", "bundle"])
def test_a_wrong_call_ends_with_2_at_most_four_lines_and_no_new_file(reference, bundle):
    (bundle / "exercises" / "stage1_forward.py").write_text(STAGE_1)
    (bundle / "folder.gif").mkdir()
    home = bundle / "agents" / "CartPole-v0"
    good = dict(np.load(home / "0.npz"))
    np.savez(home / "nan.npz", **{**good, "b1": np.full((1, 2), np.nan)})
    np.savez(home / "objects.npz", **{**good, "w0": np.array([[{}]], dtype=object)})
    (home / "text.npz").write_text("hello")
    shutil.copy(bundle / "agents" / "MountainCarContinuous-v0" / "0.npz", home / "car.npz")

    def files():
        return sorted(path for path in bundle.rglob("*") if "__pycache__" not in path.parts)

    before = files()
    for arguments, said in WRONG_CALLS.items():
        answer = render(bundle, *arguments.split(), reference=reference)
        lines = answer.stderr.splitlines()
        assert answer.returncode == 2, (arguments, answer)
        assert said in answer.stderr and "Traceback" not in answer.stderr and 1 <= len(lines) <= 4, (arguments, answer)
    assert files() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_full_disk_leaves_the_old_gif_whole(bundle):
    (bundle / "a.gif").write_bytes(b"the old one")
    script = (
        "import resource, runpy, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"  # the file grows no further, as on a full disk
        "sys.path[0] = '.'; sys.dont_write_bytecode = True; runpy.run_path('render.py', run_name='__main__')\n"
    )
    arguments = ["--env_id", "CartPole-v0", "--agent_id", "0", "--save", "a.gif"]
    command = [sys.executable, "-c", script, *arguments]
    answer = subprocess.run(command, cwd=bundle, env=NO_SCREEN, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 2 and "cannot write a.gif" in answer.stderr
    assert (bundle / "a.gif").read_bytes() == b"the old one" and not list(bundle.glob(".a.gif*"))


def test_the_window_shows_each_step_and_closes_at_the_end(bundle, monkeypatch):
    """On SDL's dummy driver, which keeps what a window would show."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    monkeypatch.syspath_prepend(HOUSE)
    from assets.film import play, show_window, side_by_side

    shown = []
    monkeypatch.setattr(pygame.display, "flip", lambda: shown.append(pygame.display.get_surface().copy()))
    monkeypatch.setattr(pygame.time, "wait", lambda milliseconds: None)
    show_window(side_by_side([play("CartPole-v0", "always left", lambda observation: 0, seed=1)]), "CartPole-v0")
    assert 8 <= len(shown) <= 12 and shown[0].get_size() == (600, 452)
    pictures = [pygame.image.tobytes(surface, "RGB") for surface in shown]
    assert all(one != other for one, other in pairwise(pictures))


@pytest.mark.parametrize("setting", [{"DISPLAY": ":77"}, {"SDL_VIDEODRIVER": ""}, {"SDL_VIDEODRIVER": "nonsense"}])
def test_a_display_that_is_none_is_found_out_before_anything_is_played(bundle, setting):
    command = [sys.executable, "render.py", "--env_id", "CartPole-v0", "--agent_id", "0"]
    answer = subprocess.run(
        command, cwd=bundle, env={**NO_SCREEN, **setting}, capture_output=True, text=True, timeout=120
    )
    assert answer.returncode == 2 and not answer.stdout
    assert "no display here" in answer.stderr and "--save FILE.gif" in answer.stderr


@pytest.fixture
def screen(tmp_path):
    """Return (display, file): an X server without a monitor, and the file in which its picture lies."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Debian's package xvfb is needed")
    words = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x700x24", "-fbdir", str(tmp_path), "-nolisten", "tcp"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        yield f":{server.stdout.readline().strip()}", tmp_path / "Xvfb_screen0"
        server.terminate()


def lit(path):
    """Return how many of the screen's numbers are not black; XWD: a header with its own size and 12 bytes a colour."""
    whole = path.read_bytes()
    header = np.frombuffer(whole, ">u4", 25)
    return int(np.count_nonzero(np.frombuffer(whole, np.uint8, offset=int(header[0] + 12 * header[19]))))


def test_two_agents_play_in_a_real_window(bundle, screen):
    display, picture = screen
    command = [sys.executable, "render.py", "--env_id", "CartPole-v0", "--agent_id", "0", "--compare", "1"]
    before = lit(picture)
    with subprocess.Popen(
        [*command, "--seed", "1", "--episodes", "3"],
        cwd=bundle,
        env={**NO_SCREEN, "DISPLAY": display},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as shown:
        most = before
        while shown.poll() is None:
            most = max(most, lit(picture))
        said, complaints = shown.communicate()
    assert shown.returncode == 0 and said.count("steps") == 6, complaints
    assert most - before > 900 * 300  # the window is that large at least, and mostly light
