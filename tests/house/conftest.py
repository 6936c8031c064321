"""The exercises as a student has them."""

from pathlib import Path

import pytest

from grader.build import exercises


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The exercises as students get them, all of them stubs."""
    for name, content in exercises().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "exercises"
