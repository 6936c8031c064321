"""Checks that time something run one at a time on a machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.quiet import quiet


def test_a_timing_check_waits_for_another(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom grader.quiet import quiet\nwith quiet():\n"
        "    print('in', time.monotonic_ns(), flush=True)\n    time.sleep(0.3)\n    print('out', time.monotonic_ns())"
    )
    environment = {**os.environ, "EVOLUTION_GRADER_QUIET": str(tmp_path)}
    command = [sys.executable, "-c", code]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    lines = [line.split() for process in both for line in process.communicate()[0].splitlines()]
    assert [word for word, _ in sorted(lines, key=lambda line: int(line[1]))] == ["in", "out"] * 3


def test_a_timing_check_runs_where_no_lock_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVOLUTION_GRADER_QUIET", "/absent/folder")
    with quiet():
        pass
