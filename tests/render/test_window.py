"""The window of render.py: on a dummy driver, on a display that is none, on a real X server."""

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from rendering import NO_SCREEN

HOUSE = Path(__file__).resolve().parents[2]


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
