"""The cells of the teaching notebook, which this course grew from, run beside the answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SOLUTIONS = HERE.parents[1] / "solutions"
CELLS = (HERE / "teaching_notebook.txt").read_text(encoding="utf-8")
BEGINNING = """
import sys, gymnasium, numpy as np
sys.modules["gym"] = gymnasium
"""


def run(cells: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run all cells in one process, as a kernel would."""
    (folder / "cells.py").write_text(BEGINNING + cells.replace("\n----\n", "\n\n"), encoding="utf-8")
    path = {**os.environ, "PYTHONPATH": str(SOLUTIONS)}
    return subprocess.run(
        [sys.executable, "cells.py"], cwd=folder, env=path, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.long
def test_every_cell_runs_unchanged(tmp_path: Path) -> None:
    done = run(CELLS, tmp_path)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert len(done.stdout.split()) == 2 + 64
    assert sorted(path.parent.name for path in tmp_path.rglob("1.npz")) == ["CartPole-v0", "MountainCarContinuous-v0"]
    assert len(list((tmp_path / "agents" / "CartPole-v0").glob("*.npz"))) == 64


@pytest.mark.parametrize("env_id", ["CartPole-v0", "MountainCarContinuous-v0"])
def test_every_cell_runs_on_one_environment(tmp_path: Path, env_id: str) -> None:
    cells = "\n".join(f"env_id = {env_id!r}" if line.startswith("env_id") else line for line in CELLS.splitlines())
    done = run(cells.replace("generations = 64", "generations = 6"), tmp_path)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert [path.name for path in (tmp_path / "agents").iterdir()] == [env_id]
