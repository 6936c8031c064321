"""The student's own rungs: stages 3, 4 and 6 from a folder, each in a process of its own."""

import json
import math
import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

from evolution_ref.mistakes import WrongCall
from evolution_ref.race.ladder import POP_SIZE, Rung

PLAYER = Path(__file__).with_name("player.py")
COURSE = Path(__file__).resolve().parents[2] / "exercises"
"""Has evolution.py, and the stages that a folder lacks."""
PATIENCE = 10.0
"""Seconds that a stage gets."""
FEW = 512
"""Members where one is tested after the other."""
WHYS = {
    3: ("your stage 3", "", FEW, "map: one member after the other, on one core"),
    4: ("your stage 4", "your stage 3", FEW, "pool.map: every core tests a member of its own"),
    6: ("your stage 6", "your stage 4", POP_SIZE, "one numpy call steps all members: no Python loop over them"),
}


def student_rungs(folder: Path) -> list[Rung]:
    """Return the rungs of a folder.

    Raises:
        WrongCall: there is no such folder, or no stage in it.
    """
    if not folder.is_dir():
        raise WrongCall(f"no folder {folder}: give the one that has your stage files, exercises/ for one")
    if not any(folder.glob("stage*_*.py")):
        raise WrongCall(f"{folder} has no stage file (stage3_serial.py …): give the folder that has yours")
    return [
        Rung(name, why, below, partial(_measure, stage, pop_size, folder.resolve()))
        for stage, (name, below, pop_size, why) in WHYS.items()
    ]


def _measure(stage: int, pop_size: int, folder: Path) -> float:
    """Return a stage's steps a second; whatever it starts is gone afterwards."""
    command = [sys.executable, str(PLAYER), str(stage), str(pop_size), str(folder), str(COURSE)]
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True, **quiet)
    try:
        answer, _ = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise WrongCall(f"stopped: not ready after {PATIENCE:g} s") from None
    finally:
        _end(process)
    return _speed(answer)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it has started."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
    process.wait()


def _speed(answer: bytes) -> float:
    """Return the steps a second of an answer; it comes from a student's process, so it may be anything."""
    try:
        said = json.loads(answer)
        if "said" in said:
            raise WrongCall(re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", str(said["said"]))[:160])
        speed = float(said["steps"]) / float(said["seconds"])
    except (ValueError, TypeError, KeyError, ZeroDivisionError) as error:
        if isinstance(error, WrongCall):
            raise
        raise WrongCall("stopped: its process ended without an answer") from None
    if not (math.isfinite(speed) and speed > 0):
        raise WrongCall("its fitness does not count the steps of an episode: run its tests")
    return speed
