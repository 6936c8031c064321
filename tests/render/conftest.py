"""A student's folder with render.py and a few agents."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from evolution_ref.agents import save_params
from evolution_ref.policy import initialize_parameters

HOUSE = Path(__file__).resolve().parents[2]


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
