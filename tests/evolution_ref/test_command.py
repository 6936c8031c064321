"""python -m evolution_ref: what it shows, what it leaves behind, and how it answers a wrong call."""

import csv
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image

from evolution_ref.__main__ import main
from evolution_ref.agents import load_params

COMMAND = [sys.executable, "-m", "evolution_ref"]
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def call(folder, *arguments, **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=120, **options
    )


def test_a_run_saves_an_agent_a_generation_the_best_and_the_history(tmp_path, monkeypatch):
    answer = call(tmp_path, "--env_id", "CartPole-v0", "--generations", 6, "--pop_size", 8, "--seed", 4)
    assert (answer.returncode, answer.stderr) == (0, "")
    home = tmp_path / "agents" / "CartPole-v0"
    assert {file.name for file in home.iterdir()} == {
        *(f"{generation}.npz" for generation in range(6)),
        "best.npz",
        "history.csv",
        "history.png",
    }
    monkeypatch.chdir(tmp_path)
    best, last = load_params("CartPole-v0", "best"), load_params("CartPole-v0", 5)
    assert all(np.array_equal(best[key], last[key]) for key in best)
    rows = list(csv.DictReader((home / "history.csv").open()))
    assert list(rows[0]) == ["generation", "mean", "best", "retested", "episodes"]
    assert [row["generation"] for row in rows] == [str(generation) for generation in range(6)]
    assert all(float(row["mean"]) <= float(row["best"]) for row in rows)
    assert Image.open(home / "history.png").size[0] > 600
    lines = answer.stdout.splitlines()
    assert lines[-1] == "python render.py --env_id CartPole-v0 --agent_id best"
    assert lines[0].split() == ["gen", "mean", "best", "retested", "left"]
    assert [line.split()[0] for line in lines[1:7]] == [str(generation) for generation in range(6)]
    assert "\x1b" not in answer.stdout


def test_the_same_seed_saves_the_same_agents_with_a_pool_and_with_cmaes(tmp_path):
    size = ("--env_id", "CartPole-v0", "--generations", 3, "--pop_size", 6, "--seed", 1, "--method", "cmaes")
    for folder, more in (("one", ()), ("two", ("--processes", 2))):
        answer = call(tmp_path, *size, "--out", folder, *more)
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout.splitlines()[-1].endswith(f"--agent_id best --agents {folder}")
    for name in ("0.npz", "2.npz", "best.npz"):
        one, two = (np.load(tmp_path / folder / "CartPole-v0" / name) for folder in ("one", "two"))
        assert all(np.array_equal(one[key], two[key]) for key in ("w0", "b0", "w1", "b1"))


WRONG_CALLS = {
    "": "Missing option '--env_id'",
    "--env_id Foo-v0": "'Foo-v0' is not one of 'CartPole-v0', 'CartPole-v1', 'MountainCarContinuous-v0'",
    "--env_id CartPole-v0 --method sgd": "'sgd' is not one of 'es', 'cmaes'",
    "--env_id CartPole-v0 --pop_size 0": "'--pop_size': 0 is not in the range",
    "--env_id CartPole-v0 --pop_size -5": "'--pop_size': -5 is not in the range",
    "--env_id CartPole-v0 --pop_size 2 --method cmaes": "needs at least 4",
    "--env_id CartPole-v0 --h_size 900 --method cmaes": "at most 200 hidden units",
    "--env_id CartPole-v0 --generations 0": "'--generations': 0 is not in the range",
    "--env_id CartPole-v0 --sigma nan": "nan is not a number above 0",
    "--env_id CartPole-v0 --sigma inf": "inf is not a number above 0",
    "--env_id CartPole-v0 --sigma -1": "-1 is not a number above 0",
    "--env_id CartPole-v0 --sigma wide": "'wide' is not a valid float",
    "--env_id CartPole-v0 --h_size 0": "'--h_size': 0 is not in the range",
    "--env_id CartPole-v0 --processes 0": "'--processes': 0 is not in the range",
    "--env_id CartPole-v0 --seed x": "'x' is not a valid integer",
    "--env_id CartPole-v0 --seed -1": "-1 is not in the range",
    "--env_id CartPole-v0 --engine warp": "'warp' is not one of",
    "--env_id CartPole-v0 --out file": "cannot write",
    "--env_id CartPole-v0 --out /proc/nowhere": "cannot write",
    "--env_id CartPole-v0 --nonsense": "No such option",
    "--env_id CartPole-v0 extra": "unexpected extra argument",
}


@pytest.mark.parametrize("arguments", list(WRONG_CALLS))
def test_a_wrong_call_ends_with_2_and_says_what_was_expected(arguments, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.chdir(tmp_path)
    assert main(arguments.split()) == 2
    said = capsys.readouterr().err
    assert WRONG_CALLS[arguments] in said and len(said.splitlines()) <= 4
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_wrong_call_shows_no_traceback_in_a_shell(tmp_path):
    answer = call(tmp_path, "--env_id", "CartPole-v0", "--seed", "x")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "'x' is not a valid integer" in answer.stderr and "Traceback" not in answer.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for a single process")
@pytest.mark.parametrize(
    "engine", ["--processes 1", "--processes 2", pytest.param("--engine ray", marks=pytest.mark.long)]
)
def test_ctrl_c_keeps_what_is_saved_and_says_so(engine, tmp_path):
    if "ray" in engine:
        pytest.importorskip("ray", reason='python -m pip install -e ".[cluster]"')
    arguments = ["--env_id", "CartPole-v0", "--generations", "100000", *engine.split()]
    run = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    home = tmp_path / "agents" / "CartPole-v0"
    deadline = time.monotonic() + 60
    while not (home / "3.npz").exists() and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)  # a terminal sends it to the workers too
    stdout, stderr = run.communicate(timeout=60)
    assert (run.returncode, stderr) == (130, "")
    rows = list(csv.DictReader((home / "history.csv").open()))
    last = len(rows) - 1
    assert f"Stopped by Ctrl-C after {last + 1} of 100000 generations." in stdout
    assert f"agents 0 to {last}, best" in stdout
    names = {file.name for file in home.iterdir()}
    assert names >= {f"{last}.npz", "best.npz", "history.png"} and not any(name.endswith(".tmp") for name in names)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
@pytest.mark.parametrize("columns", [40, 120])
def test_in_a_terminal_a_table_and_a_bar_fit_its_width(columns, tmp_path):
    import pty

    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "LINES": "24", "TERM": "xterm"}
    run = subprocess.Popen(
        [*COMMAND, "--env_id", "MountainCarContinuous-v0", "--generations", "5", "--pop_size", "6"],
        cwd=tmp_path,
        env=environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    assert run.wait(timeout=60) == 0
    lines = [ANSI.sub("", line).rstrip() for line in re.split(r"[\r\n]+", shown.decode())]
    table = [line for line in lines if not line.startswith(("Saved", "python render.py"))]
    assert max(map(len, table)) <= columns
    assert any(line.split() == ["gen", "mean", "best", "re-tested"] for line in table)
    assert any("5/5" in line and "0 s left" in line for line in table)
