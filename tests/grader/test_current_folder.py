"""The grader started in a folder of a student's: none of its files is imported into the grader's process."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.models import answer_text

MARK = "open({mark!r}, 'w').write('run outside the seal')\n"


@pytest.mark.parametrize("name", ["numpy.py", "click.py", "evolution.py", "stage2_sample_params.py", "pytest.py"])
def test_no_file_of_the_current_folder_runs_in_the_grader(tmp_path: Path, name: str) -> None:
    mark = tmp_path / "mark"
    folder = tmp_path / "handed-in"
    folder.mkdir()
    (folder / name).write_text(MARK.format(mark=str(mark)), encoding="utf-8")
    (folder / "stage1_forward.py").write_text(answer_text(1), encoding="utf-8")
    command = [sys.executable, "-m", "grader", "grade", ".", "--out", str(tmp_path / "grades")]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert not mark.exists()
    assert ",20," in (tmp_path / "grades" / "grades.csv").read_text(encoding="utf-8")
