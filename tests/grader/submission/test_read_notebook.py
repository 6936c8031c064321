"""Notebooks, tidy and not: which cell is a stage, and what comes along with it."""

import ast
import builtins
import json
import shutil
import symtable
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.kit.stub import is_stub
from grader.manifest import ROOT, SOLUTIONS, course
from grader.models import answer_text
from grader.submission import Found, Rejected, Submission, read_submission

FORWARD = answer_text(1)
STUB = "def forward(x, params):\n    raise NotImplementedError\n"
FILLED = "def forward(x, params):\n    return 1\n"
Read = Callable[..., Submission]


def cell(source: str, grade_id: str = "", kind: str = "code") -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": grade_id, "solution": True}} if grade_id else {}
    return {"cell_type": kind, "metadata": metadata, "source": source.splitlines(keepends=True)}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes a notebook of cells, and files beside it, and reads the submission."""

    def read_cells(*cells: dict[str, Any], files: dict[str, str] | None = None) -> Submission:
        table = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}
        (tmp_path / "evolution.ipynb").write_text(json.dumps(table))
        for name, text in (files or {}).items():
            (tmp_path / name).write_text(text)
        return read_submission(Found("alice", tmp_path))

    return read_cells


def run(submission: Submission, stage: int) -> ModuleType:
    """Return a stage's source as a module: the texts here are the tests' own."""
    module = ModuleType(course().stage(stage).module)
    exec(compile(submission.stages[stage].text, "stage", "exec"), module.__dict__)
    return module


def text(submission: Submission, stage: int) -> str:
    return submission.stages[stage].text.decode()


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


def test_imports_functions_classes_and_constants_come_along(read: Read) -> None:
    submission = read(
        cell("import numpy as np\nimport math, scipy\nSIGMA = 2.0\nUNUSED = undefined_name\n"),
        cell("class Box:\n    size = SIGMA\n\ndef helper(v):\n    return np.sqrt(v) * Box.size\n"),
        cell("def sample_params(best, sigma=1.0, rng=None):\n    return helper(4.0)\n", "stage2_sample_params"),
    )
    assert run(submission, 2).sample_params(None) == 4.0
    assert "scipy" not in text(submission, 2) and "UNUSED" not in text(submission, 2)
    assert any("helper (cell 2)" in remark for remark in submission.stages[2].remarks)


def test_the_last_definition_counts(read: Read) -> None:
    submission = read(
        cell("def helper():\n    return 1\n"),
        cell("def forward(x, params):\n    return helper()\n", "stage1_forward"),
        cell("def helper():\n    return 2\n"),
    )
    assert run(submission, 1).forward(0, 0) == 2


def test_the_cells_own_helper_is_its_own(read: Read) -> None:
    submission = read(
        cell("def helper():\n    return 1\n\ndef forward(x, params):\n    return helper()\n", "stage1_forward"),
        cell("def helper():\n    return 2\n"),
    )
    assert run(submission, 1).forward(0, 0) == 1


def test_a_local_name_brings_nothing_along(read: Read) -> None:
    submission = read(
        cell("pop = gym.make('CartPole-v0')\nbest = pop[0]\n"),
        cell("def evolve_serial(fitness, init):\n    pop = [init()]\n    best = max(pop)\n    return best\n"),
    )
    assert "gym" not in text(submission, 3)


def test_names_of_other_stages_are_the_models_even_where_the_notebook_has_its_own(read: Read) -> None:
    submission = read(
        cell("def sample_params(best, sigma=1.0, rng=None):\n    return 'mine'\n", "stage2_sample_params"),
        cell("def evolve_serial(fitness, init):\n    return sample_params(1)\n", "stage3_serial"),
    )
    assert "from stage2_sample_params import sample_params" in text(submission, 3)
    assert "mine" not in text(submission, 3)


def test_a_helper_of_another_stages_cell_comes_along(read: Read) -> None:
    submission = read(
        cell("def loop(tester):\n    return sample_params(tester)\n\ndef evolve_serial(f):\n    return loop(map)\n"),
        cell("def evolve_parallel(f):\n    return loop(0)\n"),
    )
    assert "def loop" in text(submission, 4)
    assert "from stage2_sample_params import sample_params" in text(submission, 4)


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


def test_the_lines_of_the_cell_keep_their_distance(read: Read) -> None:
    submission = read(
        cell("import numpy as np\nK = 3\n"),
        cell("print('hi')\n\ndef forward(x, params):\n    return np.ones(K)\n", "stage1_forward"),
    )
    assert text(submission, 1).split("\n")[4] == "def forward(x, params):"
    assert "Line 1 of the cell is line 3 in the messages." in submission.stages[1].remarks


def test_statements_on_one_line_are_told_apart(read: Read) -> None:
    submission = read(cell("a = 1; b = boom(); c = 2\ndef forward(x, params):\n    return a + c\n"))
    assert run(submission, 1).forward(0, 0) == 3


def test_what_builds_a_constant_up_comes_along(read: Read) -> None:
    submission = read(
        cell("TABLE = {}\nfor k in range(3):\n    TABLE[k] = k\nSIZES = []\nSIZES.append(4)\nN = 1\nN += 1\n"),
        cell("def forward(x, params):\n    return TABLE, SIZES, N\n"),
    )
    assert run(submission, 1).forward(0, 0) == ({0: 0, 1: 1, 2: 2}, [4], 2)


def test_decorated_functions_and_future_imports_work(read: Read) -> None:
    submission = read(
        cell("from functools import wraps\n\ndef trace(f):\n  @wraps(f)\n  def g(*a):\n    return 5\n  return g"),
        cell("from __future__ import annotations\n\n@trace\ndef forward(x: Undefined, params):\n    return 5\n"),
    )
    assert "return g" in text(submission, 1)
    assert run(submission, 1).forward(0, 0) == 5


def test_an_optional_import_comes_along_whole(read: Read) -> None:
    submission = read(
        cell("try:\n    import numba\nexcept ImportError:\n    numba = None\n"),
        cell("def forward(x, params):\n    return numba is None or 1\n"),
    )
    assert run(submission, 1).forward(0, 0) in (True, 1)


def test_a_star_import_comes_along_where_a_name_needs_it(read: Read) -> None:
    submission = read(
        cell("from math import *\nfrom gym import *\n"),
        cell("def forward(x, params):\n    return floor(1.5)\n"),
    )
    assert run(submission, 1).forward(0, 0) == 1


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


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage", b"[]", b"3", b"null", b'{"cells": 3}', b'{"nbformat": 4}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_broken_notebook_is_rejected_unless_files_are_there(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "evolution.ipynb").write_bytes(content)
    with pytest.raises(Rejected, match=r"notebook|cells"):
        read_submission(Found("alice", tmp_path))
    (tmp_path / "stage1_forward.py").write_text(FILLED)
    submission = read_submission(Found("alice", tmp_path))
    assert sorted(submission.stages) == [1]
    assert "evolution.ipynb" in submission.ignored[0]


def test_format_3_byte_order_marks_and_odd_cells_are_read(tmp_path: Path) -> None:
    rows: list[Any] = [{"cell_type": "code", "input": FILLED}, None, 3, {"cell_type": 3, "source": {}}, {}]
    table = {"nbformat": 3, "worksheets": [{"cells": rows}, None, {"cells": 4}]}
    (tmp_path / "evolution.ipynb").write_bytes(b"\xef\xbb\xbf" + json.dumps(table).encode())
    assert run(read_submission(Found("alice", tmp_path)), 1).forward(0, 0) == 1


@pytest.mark.parametrize(
    "source",
    [
        "%a\n" * 20_000,
        " " * 900_000,
        "\n" * 900_000,
        "?" * 900_000,
        "x = [" * 50_000,
        "a = 1; " * 50_000,
        "-" * 200_000 + "1",
        "x" + ".y" * 100_000,
        "x" + "+ y" * 100_000,
        "%%writefile " + "'" * 100_000,
    ],
)
def test_a_cell_made_to_stall_the_reader_does_not(read: Read, source: str) -> None:
    submission = read(cell(source), cell(FILLED))
    assert run(submission, 1).forward(0, 0) == 1


def test_a_cell_made_to_exhaust_the_parser_is_no_answer(read: Read) -> None:
    submission = read(cell("import a" + ".a" * 300_000 + "\n" + FILLED, "stage1_forward"), cell(FILLED))
    assert submission.stages[1].origin == "evolution.ipynb, cell 2"


def test_the_notebook_as_it_is_handed_out_holds_six_stubs(tmp_path: Path) -> None:
    shutil.copy(ROOT / "exercises" / "evolution.ipynb", tmp_path)
    submission = read_submission(Found("alice", tmp_path))
    assert sorted(submission.stages) == [1, 2, 3, 4, 5, 6]
    for stage in course().stages:
        assert is_stub(submission.stages[stage.number].text, stage.functions)


def test_the_notebook_with_the_answers_in_place_holds_them(tmp_path: Path) -> None:
    table = json.loads((ROOT / "exercises" / "evolution.ipynb").read_text())
    for row in table["cells"]:
        grade_id = row["metadata"].get("nbgrader", {}).get("grade_id", "")
        for stage in course().stages:
            if grade_id == stage.module:
                row["source"] = f"%%writefile {stage.file}\n{answer_text(stage.number)}"
    (tmp_path / "evolution.ipynb").write_text(json.dumps(table))
    submission = read_submission(Found("alice", tmp_path))
    assert {number: source.text.decode() for number, source in submission.stages.items()} == {
        stage.number: answer_text(stage.number) for stage in course().stages
    }


@pytest.mark.parametrize("seed", range(20))
def test_an_answer_in_pieces_in_any_order_is_put_together(
    read: Read, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each top-level statement of every answer stands in a cell of its own, shuffled, between cells of noise."""
    monkeypatch.syspath_prepend(str(SOLUTIONS))
    noise = ["%matplotlib inline", "print(1)", "raise SystemExit", "env = gym.make('x')", "Some text.", "best = boom()"]
    pieces = [
        "\n".join(answer_text(stage.number).split("\n")[node.lineno - 1 : node.end_lineno])
        for stage in course().stages
        for node in ast.parse(answer_text(stage.number)).body
        if not isinstance(node, ast.Expr)
    ]
    order = np.random.default_rng(seed).permutation(len(pieces) + len(noise))
    submission = read(*(cell([*pieces, *noise][place]) for place in order))
    assert sorted(submission.stages) == [1, 2, 3, 4, 5, 6]
    for stage in course().stages:
        module = ModuleType(stage.module)
        source = submission.stages[stage.number].text.decode()
        assert "gym.make" not in source and "boom" not in source and "SystemExit" not in source
        exec(compile(source, stage.file, "exec"), module.__dict__)
        assert all(callable(getattr(module, name)) for name in stage.functions)
        used = symtable.symtable(source, stage.file, "exec")
        top = {name.get_name() for name in used.get_symbols()}
        free = {
            name.get_name() for child in used.get_children() for name in child.get_symbols() if name.is_global()
        } - set(dir(builtins))
        assert free <= top, f"stage {stage.number} misses {free - top}"
