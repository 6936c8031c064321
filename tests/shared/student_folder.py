"""A student's folder of exercises: filled with answers, its checks run in a process of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

from grader.manifest import course
from grader.models import answer_text

STAGES = course().stages


def fill(folder: Path, *numbers: int) -> None:
    """Put the model answers of some stages in the place of the stubs."""
    for number in numbers:
        (folder / STAGES[number - 1].file).write_text(answer_text(number), encoding="utf-8")


def run(folder: Path, *words: str, columns: int = 100, cwd: Path | None = None, **env: str) -> tuple[str, int]:
    """Return what pytest prints in a folder, and its exit status."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=cwd or folder, env={**clean, "COLUMNS": str(columns), "PYTHONIOENCODING": "utf-8", **env},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.stdout, done.returncode


def states(output: str) -> dict[int, str]:
    """Return the state of each stage on the scoreboard."""
    words = r"done|failing|begun|not done yet|waits for stage \d|stopped|not run"
    lines = re.findall(rf"^Stage (\d)  .*?  +({words})", output, re.MULTILINE)
    return {int(number): state for number, state in lines}
