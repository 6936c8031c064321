"""The table of all checks that ``python -m grader checks`` prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

from grader.catalogue import catalogue
from grader.manifest import course

HOUSE = Path(__file__).resolve().parents[2]


def test_the_command_lists_every_check_with_its_points_and_a_sum_a_stage() -> None:
    wide = {**os.environ, "COLUMNS": "160"}
    command = [sys.executable, "-m", "grader", "checks"]
    done = subprocess.run(command, cwd=HOUSE, env=wide, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = [" ".join(line.split()) for line in done.stdout.splitlines()]
    for check in catalogue():
        row = f"{check.number} {check.title} {check.points:g} {check.path.parent.name}/{check.path.name}"
        assert row in rows
    for stage in course().stages:
        own = [check for check in catalogue() if check.stage == stage.number]
        assert any(row.startswith(f"Stage {stage.number}: {len(own)} checks, {stage.points:g} points;") for row in rows)
    assert re.match(rf"All stages: {len(catalogue())} checks, 120 points; visible \d+, [\d.]+ points$", rows[-1])
