"""The course's notebook, run from top to bottom by Jupyter itself."""

import sys
from pathlib import Path
from typing import Any

import pytest

from grader.build import exercises
from grader.kit.notebook import write
from grader.kit.stages import read_stages
from grader.manifest import course
from grader.models import answer_text
from grader.submission import Found, read_submission

nbformat: Any = pytest.importorskip("nbformat", reason="pip install '.[nbgrader]' brings Jupyter")
nbclient: Any = pytest.importorskip("nbclient", reason="pip install '.[nbgrader]' brings Jupyter")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in exercises().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "exercises"


def run_all(folder: Path, filled: bool) -> Any:
    """Run all cells; where ``filled``, with the answers typed into the solution cells."""
    nb = nbformat.read(folder / "evolution.ipynb", as_version=4)
    for stage in course().stages if filled else ():
        cell = next(c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == stage.module)
        cell.source = f"%%writefile {stage.file}\n{answer_text(stage.number)}"
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbclient.NotebookClient(nb, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    nbformat.validate(nb)
    return nb


def text_of(nb: Any) -> str:
    return "".join(out.get("text", "") for cell in nb.cells for out in cell.get("outputs", []))


def points_of(nb: Any) -> list[float]:
    """Return the last value of each cell that checks a stage, as nbgrader reads it."""
    checks = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return [float(cell.outputs[-1]["data"]["text/plain"]) for cell in checks]


def test_run_all_on_stubs_reaches_the_end_and_says_what_is_not_done(folder: Path) -> None:
    nb = run_all(folder, filled=False)
    assert nb.cells[-2].execution_count is not None
    assert points_of(nb) == [0.0] * 6
    text = text_of(nb)
    assert all(f"Not done yet: stage {n}" in text for n in (1, 2, 5)) and "Traceback" not in text
    assert text.count("Where the cell above is filled in, run that first") == 6
    assert not [out for cell in nb.cells for out in cell.get("outputs", []) if out.get("name") == "stderr"]
    for stage in course().stages:
        assert (folder / stage.file).read_bytes() == exercises()[f"exercises/{stage.file}"]


@pytest.mark.long
def test_run_all_with_the_answers_shows_plots_an_agent_and_all_points(folder: Path) -> None:
    nb = run_all(folder, filled=True)
    assert points_of(nb) == [stage.points for stage in course().stages]
    shown = [out.get("data", {}) for cell in nb.cells for out in cell.get("outputs", [])]
    assert sum("data:image/gif;base64,R0lG" in out.get("text/html", "") for out in shown) == 2
    assert sum("image/png" in out for out in shown) >= 4
    assert "Not done yet" not in text_of(nb)
    assert not [out for cell in nb.cells for out in cell.get("outputs", []) if out.get("name") == "stderr"]


def test_a_filled_notebook_is_read_as_the_six_files(folder: Path, tmp_path: Path) -> None:
    nb = nbformat.read(folder / "evolution.ipynb", as_version=4)
    for stage in course().stages:
        cell = next(c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == stage.module)
        cell.source = f"%%writefile {stage.file}\n{answer_text(stage.number)}"
    (tmp_path / "handed_in").mkdir()
    nbformat.write(nb, tmp_path / "handed_in" / "evolution.ipynb")
    submission = read_submission(Found("handed_in", tmp_path / "handed_in"))
    for stage in course().stages:
        assert submission.stages[stage.number].text.decode().strip() == answer_text(stage.number).strip()


def test_a_filled_file_never_gives_way_to_a_stub(folder: Path) -> None:
    stages = read_stages(folder)
    path, stub = folder / stages[1].file, (folder / stages[1].file).read_text(encoding="utf-8")
    assert write(path, stub, stages) == f"Wrote {path}"
    assert write(path, answer_text(2), stages) == f"Wrote {path}"
    assert write(path, stub, stages).startswith(f"Kept {path}")
    assert path.read_text(encoding="utf-8") == answer_text(2)
    other = answer_text(2) + "# another\n"
    write(path, other, stages)
    assert path.read_text(encoding="utf-8") == other
    assert path.with_name(path.name + ".bak").read_text(encoding="utf-8") == answer_text(2)


def test_a_file_written_again_is_imported_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(folder))
    path = folder / "made_up.py"
    for number in (1, 2, 3):  # the same size, within the same second
        write(path, f"VALUE = {number}\n")
        import made_up

        assert number == made_up.VALUE
    sys.modules.pop("made_up")


def test_a_cell_that_is_no_python_is_written_and_said_so(tmp_path: Path) -> None:
    assert "it is not Python yet, line 2" in write(tmp_path / "half.py", "def f(x):\n    return (x\n")
