"""The generated folders: derived from the sources, the same in every build, with no stray marker."""

import json
from pathlib import Path

import pytest
from answers import answer_lines

from grader.build import build_command, course_folder, exercises
from grader.course_notebook import notebook
from grader.manifest import course
from grader.models import answer_text
from grader.strip import BEGIN, END, MarkerError, stub_of

HOUSE = Path(__file__).resolve().parents[2]


def test_the_committed_copies_are_what_the_sources_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_command(check=True) == 0, capsys.readouterr().out


def test_check_names_each_file_that_differs_and_changes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build_command(root=tmp_path) == 0
    assert build_command(check=True, root=tmp_path) == 0
    changed, stray = tmp_path / "exercises" / "evolution.py", tmp_path / "exercises" / "test_stage9.py"
    changed.write_text("changed")
    stray.write_text("stray")
    own = tmp_path / "exercises" / "my_notes.txt"
    own.write_text("a person's own file")
    capsys.readouterr()
    assert build_command(check=True, root=tmp_path) == 1
    said = capsys.readouterr().out
    assert "differs: exercises/evolution.py" in said and "differs: exercises/test_stage9.py" in said
    assert "my_notes" not in said and changed.read_text() == "changed"
    assert build_command(root=tmp_path) == 0
    assert build_command(check=True, root=tmp_path) == 0
    assert not stray.exists() and own.exists()


def test_two_builds_give_the_same_bytes() -> None:
    assert exercises() == exercises() and course_folder() == course_folder()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"def f():\n    {BEGIN}\n    return 1\n", 2),
        (f"def f():\n    return 1\n    {END}\n", 3),
        (f"def f():\n    {BEGIN}\n    {BEGIN}\n    return 1\n    {END}\n", 3),
        (f"def f():\n    {BEGIN}\n    return 1\n    {END}\n    {END}\n", 5),
        (f"def f():\n    {BEGIN} here\n    return 1\n    {END}\n", 2),
        ("def f():\n    #BEGIN SOLUTION\n    return 1\n    #END SOLUTION\n", 2),
    ],
    ids=["no end", "no begin", "one in another", "two ends", "more on the line", "misspelt"],
)
def test_a_stray_marker_is_an_error_that_names_its_line(text: str, line: int) -> None:
    with pytest.raises(MarkerError, match=f"stage9.py, line {line}:"):
        stub_of(text, "stage9.py")


def test_a_stage_without_markers_is_an_error() -> None:
    with pytest.raises(MarkerError, match="no '### BEGIN SOLUTION'"):
        stub_of("def f():\n    return 1\n", "stage9.py")


def test_each_stub_is_python_without_a_line_of_its_answer() -> None:
    for stage in course().stages:
        answer = answer_text(stage.number)
        stub = stub_of(answer, stage.file)
        compile(stub, stage.file, "exec")
        assert not set(answer_lines(answer)) & {line.strip() for line in stub.splitlines()}
        assert "SOLUTION" not in stub


def test_the_notebook_has_a_cell_to_write_and_a_cell_to_check_for_each_stage() -> None:
    nbformat = pytest.importorskip("nbformat", reason="pip install '.[dev]' brings nbformat")
    for answers in (False, True):
        nb = nbformat.reads(notebook(answers), as_version=4)
        nbformat.validate(nb)
        marked = [cell for cell in nb.cells if "nbgrader" in cell.metadata]
        assert [cell.metadata.nbgrader.grade_id for cell in marked] == [
            name for stage in course().stages for name in (stage.module, f"test_{stage.module}")
        ]
        for stage, solution, test in zip(course().stages, marked[::2], marked[1::2], strict=True):
            assert solution.source.startswith(f"%%writefile {stage.file}\n")
            assert (BEGIN in solution.source) == answers
            assert test.metadata.nbgrader.points == stage.points and test.metadata.nbgrader.locked


def test_nbgrader_s_own_release_gives_the_students_notebook() -> None:
    nbgrader = pytest.importorskip("nbgrader.preprocessors", reason="pip install '.[nbgrader]' brings nbgrader")
    nbformat = pytest.importorskip("nbformat", reason="pip install '.[dev]' brings nbformat")
    nb = nbformat.reads(notebook(answers=True), as_version=4)
    nb, _ = nbgrader.ClearSolutions().preprocess(nb, {})
    ours = json.loads(notebook(answers=False))
    assert [cell.source for cell in nb.cells] == ["".join(cell["source"]) for cell in ours["cells"]]


def test_every_picture_of_the_notebook_lies_beside_it() -> None:
    for cell in json.loads(notebook(answers=False))["cells"]:
        for line in cell["source"]:
            if line.startswith("!["):
                name = line.split("](")[1].split(")")[0]
                assert f"exercises/{name}" in exercises(), name


def test_no_answer_lies_in_the_course_folder_but_in_the_notebook_that_nbgrader_strips() -> None:
    files = course_folder()
    del files["course/source/evolution/evolution.ipynb"]
    everything = "\n".join(text.decode() for name, text in files.items() if not name.endswith(".png"))
    given = (HOUSE / "solutions" / "evolution.py").read_text(encoding="utf-8")
    lines = {line for stage in course().stages for line in answer_lines(answer_text(stage.number))}
    leaked = [line for line in lines if line in everything and line not in given and len(line) > 20]
    assert not leaked
