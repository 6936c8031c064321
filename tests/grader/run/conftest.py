"""The class that the tests of a run grade."""

import sys
from pathlib import Path

import pytest
from school import School


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> School:
    """Return an empty class in a folder of its own; the checks have a fixed hash."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("grader.run.checks_hash", lambda: "of today")
    sys.modules.pop("stand_in", None)
    return School(tmp_path)
