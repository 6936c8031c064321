"""Magics, shell lines and statements that only run something; %%writefile."""

import ast

import pytest
from notebooks import FILLED, Read, cell, run, text

from grader.models import answer_text
from grader.submission import magics
from grader.submission.cells import Cell

FORWARD = answer_text(1)


@pytest.mark.parametrize(
    "noise",
    [
        "%matplotlib inline",
        "!pip install gym pygame -q",
        "files = !ls",
        "forward?",
        "?forward",
        "%time x = forward(1, 2)",
        "%load_ext autoreload\n%autoreload 2",
        "print(forward(1, 2))",
        "assert forward(1, 2) == 3",
        "for _ in range(10**9):\n    forward(1, 2)",
        "result = forward(open('secret'), 2)",
        "import gym\nenv = gym.make('CartPole-v0')",
        "env, forward, i_size, o_size = make_env('CartPole-v0')",
        "if __name__ == '__main__':\n    forward(1, 2)",
        "plt.show()",
        "await something()",
        "forward",
        "del something",
    ],
)
@pytest.mark.parametrize("grade_id", ["stage1_forward", ""])
def test_magics_and_statements_that_only_run_something_are_dropped(read: Read, noise: str, grade_id: str) -> None:
    for source in (f"{FILLED}\n{noise}\n", f"{noise}\n\n{FILLED}"):
        module = run(read(cell(source, grade_id)), 1)
        assert module.forward(0, 0) == 1


def test_a_magic_inside_a_function_leaves_the_function(read: Read) -> None:
    assert run(read(cell("def forward(x, params):\n    !ls\n    return 1\n")), 1).forward(0, 0) == 1


def test_a_modulo_at_the_start_of_a_line_is_no_magic(read: Read) -> None:
    module = run(read(cell("%pylab\ndef forward(x, params):\n    return (x\n% params)\n")), 1)
    assert module.forward(7, 4) == 3


@pytest.mark.parametrize("magic", ["%%time", "%%capture out", "%%timeit -n 1", "%%needs 1 2"])
def test_a_cell_magic_over_python_is_dropped(read: Read, magic: str) -> None:
    assert run(read(cell(f"{magic}\n{FILLED}", "stage1_forward")), 1).forward(0, 0) == 1


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%javascript", "%%script python"])
def test_a_cell_in_another_language_is_no_answer(read: Read, magic: str) -> None:
    assert read(cell(f"{magic}\n{FILLED}", "stage1_forward")).stages == {}


@pytest.mark.parametrize(
    "line",
    [
        "%%writefile stage1_forward.py",
        "%%writefile ./stage1_forward.py",
        "%%writefile 'stage1_forward.py'",
        "%%file exercises/stage1_forward.py",
        "\n%%writefile stage1_forward.py ",
    ],
)
def test_a_writefile_cell_is_read_as_that_file(read: Read, line: str) -> None:
    submission = read(cell("import numpy as np"), cell(f"{line}\n{FORWARD}", "stage1_forward"))
    assert text(submission, 1) == FORWARD


def test_a_writefile_cell_gets_nothing_from_other_cells(read: Read) -> None:
    submission = read(
        cell("helper = 1"), cell("%%writefile stage1_forward.py\ndef forward(x, p):\n    return helper\n")
    )
    assert "helper = 1" not in text(submission, 1)


def test_the_last_of_several_writefile_cells_counts_and_minus_a_appends(read: Read) -> None:
    submission = read(
        cell("%%writefile stage1_forward.py\nx = 1\n" + FILLED),
        cell("%%writefile stage1_forward.py\n" + FILLED),
        cell("%%writefile -a stage1_forward.py\ny = 2\n"),
        cell("%%writefile helpers.py\nz = 3\n"),
    )
    assert text(submission, 1) == FILLED + "y = 2\n"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All texts that are parsed from now on."""
    texts: list[str] = []
    parse = ast.parse
    monkeypatch.setattr(magics.ast, "parse", lambda source: texts.append(source) or parse(source))
    return texts


@pytest.mark.parametrize("count", [1, 5, 50])
def test_a_cell_is_parsed_a_few_times_however_many_magics_it_has(parsed: list[str], count: int) -> None:
    assert Cell(1, True, "%m\n!ls\nhelp?\ny = !ls\n" * count + "x = 1\n").python == "pass\n" * 4 * count + "x = 1\n"
    assert len(parsed) <= 3


@pytest.mark.parametrize("size", [0, 100_000])
def test_magics_that_may_be_python_are_tried_one_by_one_in_a_cell_of_usual_size(parsed: list[str], size: int) -> None:
    found = Cell(1, True, f"x = '{'-' * size}'\n" + "x[0]?\n" * 50).python
    assert found is None if size else found == "x = ''\n" + "pass\n" * 50
    assert sum(map(len, parsed)) <= magics.MAX_PARSED + (magics.LEAST_MAGICS + 2) * size


def test_lines_of_a_text_that_look_like_magics_are_left_in_it() -> None:
    body = 'x = """\n%d items\n! really?\n"""\n'
    assert Cell(1, True, "%pylab\n!ls\n" + body).python == "pass\npass\n" + body
