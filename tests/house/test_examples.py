"""The example in each stub's docstring gives, with the answer in place, what it says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.manifest import Stage, course
from grader.models import answer_text

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"


@pytest.mark.parametrize("stage", course().stages, ids=lambda stage: stage.module)
def test_the_docstrings_examples_run(stage: Stage, tmp_path: Path) -> None:
    assert answer_text(stage.number).count(">>> ") >= len(stage.functions)
    done = subprocess.run(
        [sys.executable, "-m", "doctest", str(SOLUTIONS / stage.file)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(SOLUTIONS)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0 and not done.stdout and not done.stderr, done.stdout + done.stderr
