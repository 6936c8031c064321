"""Which cell of a notebook is a stage, and which of several wins."""

from typing import Any

import numpy as np
import pytest
from notebooks import FILLED, STUB, Read, cell, run, text

from grader.manifest import course
from grader.models import answer_text

FORWARD = answer_text(1)


def test_a_cell_is_found_by_its_grade_id(read: Read) -> None:
    submission = read(cell("# title", kind="markdown"), cell(FORWARD, "stage1_forward"))
    assert submission.stages[1].origin == "evolution.ipynb, cell 2"
    assert run(submission, 1).discrete_action([0.0], dict(w0=np.eye(1), b0=0, w1=np.eye(1), b1=0)) == 0


@pytest.mark.parametrize(
    "metadata", [None, {}, [], {"nbgrader": None}, {"nbgrader": {"grade_id": 3}}, {"nbgrader": []}]
)
def test_a_cell_without_its_metadata_is_found_by_its_functions(read: Read, metadata: Any) -> None:
    submission = read({"cell_type": "code", "source": FORWARD, "metadata": metadata})
    assert sorted(submission.stages) == [1]


def test_all_stages_in_their_own_cells_are_all_found(read: Read) -> None:
    submission = read(*(cell(answer_text(stage.number), stage.module) for stage in course().stages))
    assert sorted(submission.stages) == [1, 2, 3, 4, 5, 6]
    for stage in course().stages:
        for name in stage.functions:
            assert f"def {name}(" in text(submission, stage.number) or f"class {name}" in text(submission, stage.number)


def test_all_stages_in_one_cell_use_the_models_of_the_others(read: Read) -> None:
    submission = read(cell("\n".join(answer_text(stage.number) for stage in course().stages)))
    assert sorted(submission.stages) == [1, 2, 3, 4, 5, 6]
    assert "from stage2_sample_params import sample_params" in text(submission, 3)
    assert "def sample_params" not in text(submission, 3)
    assert "def evolve_serial" not in text(submission, 4)


def test_a_stub_never_wins_over_a_filled_cell(read: Read) -> None:
    for cells in (
        (cell(FILLED), cell(STUB, "stage1_forward")),
        (cell(STUB, "stage1_forward"), cell(FILLED)),
        (cell(FILLED, "stage1_forward"), cell(STUB, "stage1_forward")),
        (cell("%%writefile stage1_forward.py\n" + STUB, "stage1_forward"), cell(FILLED)),
        (cell("%%writefile stage1_forward.py\n" + FILLED), cell("%%writefile stage1_forward.py\n" + STUB)),
    ):
        assert run(read(*cells), 1).forward(0, 0) == 1


def test_a_stage_that_is_spread_over_cells_is_put_together(read: Read) -> None:
    submission = read(
        cell(
            "def forward(x, params):\n    return 1\n\ndef discrete_action(x, params):\n    raise NotImplementedError\n"
        ),
        cell("def discrete_action(x, params):\n    return forward(x, params) + 1\n"),
        cell("def continuous_action(x, params):\n    return forward(x, params) + 2\n"),
    )
    module = run(submission, 1)
    assert (module.forward(0, 0), module.discrete_action(0, 0), module.continuous_action(0, 0)) == (1, 2, 3)


def test_a_grade_id_on_the_wrong_cell_does_not_hide_the_answer(read: Read) -> None:
    submission = read(cell("import numpy as np\n", "stage1_forward"), cell(FILLED))
    assert submission.stages[1].origin == "evolution.ipynb, cell 2"


def test_doubled_grade_ids_grade_the_last_filled_one(read: Read) -> None:
    submission = read(cell(FILLED, "stage1_forward"), cell(FILLED.replace("1", "2"), "stage1_forward"))
    assert run(submission, 1).forward(0, 0) == 2


def test_a_cell_that_is_not_python_leaves_the_others(read: Read) -> None:
    submission = read(
        cell("This was a text cell, turned into code."),
        cell("def sample_params(best:\n    return best\n", "stage2_sample_params"),
        cell(FILLED, "stage1_forward"),
        cell("\ud800"),
        cell("(" * 500),
        cell("x = '\0'"),
    )
    assert run(submission, 1).forward(0, 0) == 1
    assert submission.stages[2].text == b"def sample_params(best:\n    return best\n"
    assert any("not Python" in remark for remark in submission.stages[2].remarks)


def test_a_solution_turned_into_text_is_still_read(read: Read) -> None:
    submission = read(cell(FILLED, "stage1_forward", kind="markdown"))
    assert run(submission, 1).forward(0, 0) == 1
    assert read(cell(FILLED, kind="markdown")).stages == {}


def test_names_that_only_look_like_answers_hand_nothing_in(read: Read) -> None:
    submission = read(cell("env, forward, i_size, o_size = make_env('CartPole-v0')\nstack = np.stack([1])\n"))
    assert submission.stages == {}


def test_a_lambda_is_an_answer_too(read: Read) -> None:
    assert run(read(cell("forward = lambda x, params: 7\n")), 1).forward(0, 0) == 7


def test_a_file_wins_over_the_cell_and_the_feedback_says_so(read: Read) -> None:
    submission = read(cell(FILLED, "stage1_forward"), files={"stage1_forward.py": FILLED.replace("1", "2")})
    assert run(submission, 1).forward(0, 0) == 2
    assert submission.stages[1].origin == "stage1_forward.py"
    assert "cell 1 was not" in submission.stages[1].remarks[0]


def test_a_stub_file_does_not_win_over_a_filled_cell(read: Read) -> None:
    submission = read(cell(FILLED, "stage1_forward"), files={"stage1_forward.py": STUB})
    assert submission.stages[1].origin == "evolution.ipynb, cell 1"
    assert "still as it was handed out" in submission.stages[1].remarks[0]


def test_a_stub_cell_is_not_worth_a_word(read: Read) -> None:
    submission = read(cell(STUB, "stage1_forward"), files={"stage1_forward.py": FILLED})
    assert submission.stages[1].remarks == ()
