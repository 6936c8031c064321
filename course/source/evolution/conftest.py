"""Gives the checks your stage files, and ends a run with the scoreboard."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from kit.scoreboard import register  # noqa: E402  (found beside this file)


def pytest_configure(config):
    """Put the scoreboard in."""
    register(config, HERE)
