"""What comes along with a stage from the other cells of a notebook."""

import ast
import builtins
import symtable
from types import ModuleType

import numpy as np
import pytest
from notebooks import Read, cell, run, text

from grader.manifest import SOLUTIONS, course
from grader.models import answer_text
from grader.submission import gather


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


def test_statements_on_one_line_are_cut_at_their_bytes(read: Read) -> None:
    source = "é = 'ü'; t = '''ä\\nö'''; ñ = (é,\n t); u = 1\ndef forward(x, p):\n    return ñ\n"
    submission = read(cell(source))
    assert run(submission, 1).forward(0, 0) == ("ü", "ä\nö")
    assert "u = 1" not in text(submission, 1)


def test_a_chain_of_names_looks_into_the_cells_that_bind_them(monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
    looked: list[str] = []
    binding = gather._binding
    monkeypatch.setattr(gather, "_binding", lambda *what, **how: looked.append("") or binding(*what, **how))
    chain = [cell(f"a{i} = a{i + 1}\n") for i in range(200)]
    submission = read(*chain, cell("a200 = 7\ndef forward(x, params):\n    return a0\n"))
    assert text(submission, 1).count("\n") > 200
    assert len(looked) < 10 * 200
