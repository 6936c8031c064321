"""The README's lines for the student run as they stand, and print what stands below them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
README = (HOUSE / "README.md").read_text(encoding="utf-8")
BLOCKS = [block for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL) if "grader grade" not in block]


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Return each command of a block with the lines that stand below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(lines[0], [line for line in lines[1:] if line]) for lines in (part.splitlines() for part in parts)]


def plain(text: str) -> str:
    """Return text without numbers, which another processor's last bits change, and with single spaces."""
    return " ".join(re.sub(r"[\d.]+", "0", text).split())


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split()[1])
def test_the_lines_print_what_stands_below_them(block: str, tmp_path: Path) -> None:
    for name in ("exercises", "assets"):
        shutil.copytree(HOUSE / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "agents"))
    shutil.copy(HOUSE / "render.py", tmp_path)
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment = {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}", "COLUMNS": "80"}
    for command, lines in commands(block):
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
        if command.startswith("pytest"):  # nothing in it is measured
            assert "\n".join(lines) in "\n".join(line.rstrip() for line in done.stdout.splitlines() if line.strip())
        said, place = plain(done.stdout), 0
        for line in lines:
            if line != "…":
                place = said.find(plain(line), place)
                assert place >= 0, f"{command} did not print, in its place: {line}\n{done.stdout}"
