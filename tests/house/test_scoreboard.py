"""What a student sees: pytest in a folder of exercises, in a process of its own."""

import re
from pathlib import Path

import pytest
from student_folder import STAGES, fill, run, states

from grader.manifest import Stage
from grader.models import answer_text, edited

SIGNS_OF_A_TRACEBACK = ("Traceback", "site-packages", "kit/", "FAILED", "= FAILURES", "raise ")


def test_stubs_are_not_done_yet_without_a_traceback_or_a_list(folder: Path) -> None:
    output, status = run(folder)
    assert status == 0
    assert states(output) == {stage.number: "not done yet" for stage in STAGES}
    assert not [sign for sign in SIGNS_OF_A_TRACEBACK if sign in output], output
    assert output.count("Next: ") == 1
    assert "write forward, discrete_action and continuous_action in stage1_forward.py" in output
    assert "hidden checks also exist" in " ".join(output.split())
    assert "Points seen so far: 0 of " in output


def test_on_stubs_neither_the_environments_nor_plots_are_imported(folder: Path) -> None:
    (folder / "spy.py").write_text(
        "import sys\n"
        "def pytest_unconfigure():\n"
        "    print({'gymnasium', 'matplotlib', 'evolution'} & set(sys.modules))\n"
    )
    assert "\nset()" in run(folder, "-p", "spy", "-s", PYTHONPATH=str(folder))[0]


def test_all_answers_are_done(folder: Path) -> None:
    fill(folder, *range(1, 7))
    output, status = run(folder)
    assert status == 0, output
    assert states(output) == {stage.number: "done" for stage in STAGES}, output
    assert "all visible checks pass" in output


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.module)
def test_each_answer_alone_with_those_it_uses_is_done(folder: Path, stage: Stage) -> None:
    fill(folder, stage.number, *([2] if stage.number in (3, 4) else []))
    output, status = run(folder, f"test_stage{stage.number}.py")
    assert status == 0 and states(output) == {stage.number: "done"}, output


def test_a_failing_check_shows_both_values_and_a_way_to_look_further(folder: Path) -> None:
    (folder / STAGES[0].file).write_text(edited(1, [("np.argmax(", "np.argmin(")]), encoding="utf-8")
    output, status = run(folder)
    assert status == 1
    assert states(output)[1] == "failing"
    got, expected = output.index("\n    Got  "), output.index("\n    Expected  ")
    assert got < expected and output[got + 1 : expected].count("\n") < 4
    assert not [sign for sign in SIGNS_OF_A_TRACEBACK if sign in output], output
    further = re.search(r"Look further +pytest (\S+) -k (\S+)", output)
    assert further is not None
    again, _ = run(folder, further[1], "-k", further[2])
    assert "1 failing" in again
    assert "Next: mend check" in output and output.count("Next: ") == 1


def test_a_traceback_of_the_student_s_own_lines_comes_when_asked_for(folder: Path) -> None:
    text = answer_text(1).replace('params["w1"]', 'params["W1"]')
    (folder / STAGES[0].file).write_text(text, encoding="utf-8")
    output, _ = run(folder, "test_stage1.py")
    assert "KeyError: 'W1' (line " in output and "Traceback" not in output and "--tb=short" in output
    asked, _ = run(folder, "test_stage1.py", "--tb=short")
    assert 'params["W1"]' in asked and "site-packages" not in asked


def test_a_stage_that_needs_another_one_says_which(folder: Path) -> None:
    fill(folder, 1, 3)
    output, _ = run(folder)
    assert states(output)[3] == "waits for stage 2"
    assert "Next: write sample_params in stage2_sample_params.py" in output


def test_a_file_that_is_no_python_is_one_message(folder: Path) -> None:
    (folder / STAGES[1].file).write_text("def sample_params(best:\n", encoding="utf-8")
    output, status = run(folder)
    assert status == 1
    assert output.count("SyntaxError") == 1 and "line 1" in output and "Traceback" not in output


def test_a_stage_that_is_half_done_is_begun(folder: Path) -> None:
    stub = (folder / STAGES[0].file).read_text(encoding="utf-8")
    answer = answer_text(1)
    cut = answer.index("def discrete_action")
    rest = stub[stub.index("def discrete_action") :]
    (folder / STAGES[0].file).write_text(answer[:cut] + rest, encoding="utf-8")
    output, _ = run(folder)
    assert states(output)[1] == "begun"
    assert "Next: write discrete_action and continuous_action in stage1_forward.py" in output


def test_it_is_the_same_from_the_folder_above_whose_settings_it_ignores(folder: Path) -> None:
    (folder.parent / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '-ra --strict-markers -v'\n")
    below, above = run(folder)[0], run(folder, "exercises/", cwd=folder.parent)[0]
    timeless = [re.sub(r" in [\d.]+s", "", text).replace("exercises/", "") for text in (below, above)]
    assert timeless[0] == timeless[1]


def test_a_narrow_terminal_and_a_plain_encoding_hold_it_all(folder: Path) -> None:
    (folder / STAGES[0].file).write_text(edited(1, [("np.argmax(", "np.argmin(")]), encoding="utf-8")
    output, _ = run(folder, columns=40, PYTHONIOENCODING="ascii")
    *ours, _pytests_own = output.splitlines()
    assert max(map(len, ours)) <= 40, output
    assert states(output)[1] == "failing"


def test_a_check_that_goes_wrong_itself_says_so_with_its_traceback(folder: Path) -> None:
    fill(folder, 1)
    path = folder / "test_stage1.py"
    path.write_text(path.read_text(encoding="utf-8").replace("    values = [", "    1 / 0\n    values = [", 1))
    output, status = run(folder, "test_stage1.py")
    assert status == 1 and "ZeroDivisionError" in output and "The check itself went wrong" in output
