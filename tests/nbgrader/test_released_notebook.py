"""The released notebook on a student's desk: run from top to bottom, and validated, untouched and with the answers."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.manifest import course
from grader.models import answer_text


@pytest.fixture(params=["untouched", "filled in"])
def desk(graded, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, bool]:
    """Return a folder with what was released, and whether the answers are typed in."""
    folder, filled = tmp_path / "desk", request.param == "filled in"
    shutil.copytree(graded.root / "release" / "evolution", folder)
    if filled:
        nb = json.loads((folder / "evolution.ipynb").read_text(encoding="utf-8"))
        for stage in course().stages:
            mine = (
                cell for cell in nb["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == stage.module
            )
            next(mine)["source"] = f"%%writefile {stage.file}\n{answer_text(stage.number)}"
        (folder / "evolution.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    return folder, filled


def start(folder: Path, environment: dict[str, str], *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=folder, env=environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def said(process: "subprocess.Popen[str]") -> str:
    text, _ = process.communicate()
    assert process.returncode == 0, text
    return text


@pytest.mark.long
def test_it_runs_to_its_end_and_validates(graded, desk: tuple[Path, bool]) -> None:
    folder, filled = desk
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    patient = "--Execute.timeout=600"  # on a machine under load; on a desk it is not needed
    words = ("--to", "notebook", "--execute", "evolution.ipynb", "--output=done", "--ExecutePreprocessor.timeout=600")
    executed = start(folder, graded.environment(), "nbconvert", *words)
    validated = start(other, graded.environment(), "nbgrader", "validate", "evolution.ipynb", patient)
    said(executed)
    verdict = said(validated)
    assert ("Success! Your notebook passes all the tests." in verdict) == filled
    assert ("VALIDATION FAILED ON 6 CELL(S)!" in verdict) != filled
    cells = json.loads((folder / "done.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = [output for cell in cells for output in cell.get("outputs", [])]
    assert shown and not [out for out in shown if out["output_type"] == "error" or out.get("name") == "stderr"]
    points = [float(cell["outputs"][-1]["data"]["text/plain"][0]) for cell in cells if mark(cell).get("grade")]
    assert points == [stage.points if filled else 0 for stage in course().stages]


def mark(cell: dict[str, Any]) -> dict[str, Any]:
    """Return what nbgrader says of a cell."""
    return dict(cell["metadata"].get("nbgrader", {}))
