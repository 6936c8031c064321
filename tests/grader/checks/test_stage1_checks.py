"""The checks of stage 1: any right answer passes, whatever its style, and a wrong one loses where it is wrong."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from checking import of_text, outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalogue import of_stage
from grader.checks.networks import close_calls, demanding_cases, output_of
from grader.manifest import course

SUBMISSIONS = Path(__file__).resolve().parents[2] / "submissions"
CHECKS = of_stage(1)
NUMBERS = {check.number.removeprefix("1.") for check in CHECKS}

LOST = {
    "bias_of_first_unit": "2 4 8",
    "constants": "2 3 4 5 6 7 8 9 10 11 12 13 14 16 17 18",
    "observation_clipped": "8",
    "relu_on_the_callers_bias": "12",
    "relu_six": "8",
    "rounded_outputs": "8 9",
}


def lost(text: str, seed: int = 0) -> dict[str, str]:
    """Return the checks that a file fails, by number, with what the student reads."""
    student = of_text(1, text)
    seen = {check.number[2:]: outcome(check, student, seed) for check in CHECKS}
    return {number: failed.message.text() for number, failed in seen.items() if failed is not None}


def texts(kind: str) -> list[pytest.param]:
    paths = sorted((SUBMISSIONS / kind).glob("stage1__*.py"))
    return [pytest.param(path.read_text(encoding="utf-8"), id=path.stem.removeprefix("stage1__")) for path in paths]


def test_the_points_add_up() -> None:
    assert sum(check.points for check in CHECKS) == course().stage(1).points


@pytest.mark.parametrize("text", texts("right"))
def test_a_right_answer_in_any_style_passes_whatever_the_seed(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert len(texts("right")) >= 12
    for seed in range(10):
        assert not lost(text, seed)


@pytest.mark.parametrize(("name", "numbers"), LOST.items())
def test_a_wrong_answer_loses_points_where_it_is_wrong_and_nowhere_else(name: str, numbers: str) -> None:
    text = (SUBMISSIONS / "wrong" / f"stage1__{name}.py").read_text(encoding="utf-8")
    for seed in range(4):
        assert set(lost(text, seed)) == set(numbers.split())


@pytest.mark.parametrize("text", texts("wrong"))
def test_every_wrong_answer_loses_points_whatever_the_seed(text: str) -> None:
    for seed in range(4):
        assert lost(text, seed)


FLATTEN = ("np.ravel(x)", "np.asarray(x).flatten()", "np.array(x).reshape(-1)", "np.asarray(x, dtype=float).ravel()")
PRODUCT = ("{0} @ {1}", "np.dot({0}, {1})", "({0}[:, None] * {1}).sum(axis=0)", "np.einsum('i,ij->j', {0}, {1})")
RELU = (
    "np.maximum({0}, 0.0)",
    "np.where({0} > 0, {0}, 0.0)",
    "{0} * ({0} > 0)",
    "np.clip({0}, 0, None)",
    "({0} + abs({0})) / 2",
)
BIAS = ("params['{0}'][0]", "params['{0}'].ravel()", "np.squeeze(params['{0}'], axis=0)")
DISCRETE = (
    "int(np.argmax(o))",
    "np.argmax(o)",
    "list(o).index(max(o))",
    "int(np.argsort(o)[-1])",
    "np.flatnonzero(o == o.max())[-1]",
)
CONTINUOUS = (
    "np.clip(o, -1, 1)",
    "np.minimum(np.maximum(o, -1.0), 1.0)",
    "np.array([min(1.0, max(-1.0, v)) for v in o])",
)
PARTS = (FLATTEN, PRODUCT, PRODUCT, RELU, BIAS, BIAS, DISCRETE, CONTINUOUS)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*map(st.sampled_from, PARTS)), st.integers(0, 2**32 - 1))
def test_a_right_answer_put_together_at_random_passes(parts: tuple[str, ...], seed: int) -> None:
    flat, first, second, relu, bias0, bias1, discrete, continuous = parts
    text = f"""
import numpy as np
def forward(x, params):
    x = {flat}
    z = {first.format("x", "params['w0']")} + {bias0.format("b0")}
    h = {relu.format("z")}
    return {second.format("h", "params['w1']")} + {bias1.format("b1")}
def discrete_action(x, params):
    o = forward(x, params)
    return {discrete}
def continuous_action(x, params):
    o = forward(x, params)
    return {continuous}
"""
    assert not lost(text, seed)


RIGHT = """
import numpy as np
def forward(x, params):
    h = np.maximum(np.ravel(x) @ params["w0"] + params["b0"], 0.0)
    return (h @ params["w1"] + params["b1"])[0]
def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))
def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
"""


@pytest.mark.parametrize(
    ("function", "others"),
    [
        ("forward", set()),
        ("discrete_action", NUMBERS - {"12", "13", "14", "15", "16"}),
        ("continuous_action", NUMBERS - {"12", "17", "18", "19"}),
    ],
)
def test_a_function_that_is_missing_costs_its_own_checks(function: str, others: set[str]) -> None:
    left = NUMBERS - set(lost(RIGHT.replace(f"def {function}(", "def another(")))
    assert left == others


ODD = (
    "None",
    "'text'",
    "[]",
    "{}",
    "np.array([])",
    "np.array(['a', 'b'])",
    "np.array([None, 1], dtype=object)",
    "np.full(params['b1'].size, np.nan)",
    "np.full(params['b1'].size, np.inf)",
    "1j",
    "object()",
    "10**400",
    "np.zeros((2, 3, 4))",
    "[[1.0], [2.0, 3.0]]",
    "True",
    "lambda: 1",
    "np.ma.masked",
    "np.zeros(10**6)",
)


@pytest.mark.parametrize(
    ("value", "function"), list(itertools.product(ODD, ("forward", "discrete_action", "continuous_action")))
)
def test_an_odd_value_fails_with_a_short_message_and_never_breaks_a_check(value: str, function: str) -> None:
    text = RIGHT.replace(f"def {function}(x, params):", f"def {function}(x, params):\n    return {value}")
    found = lost(text)
    assert found
    assert all(len(message.split()) <= 160 and "Traceback" not in message for message in found.values())


def test_the_constant_answer_keeps_no_more_than_its_form() -> None:
    name = "stage1__constants.py"
    text = (SUBMISSIONS / "wrong" / name).read_text(encoding="utf-8")
    kept = NUMBERS - set(lost(text))
    assert kept == {"1", "15", "19"}


def test_the_networks_of_the_action_checks_have_outputs_on_any_seed() -> None:
    """Without biases all hidden units may be cut off, once in 4096 networks: such a one is drawn again."""
    for seed in range(2000):
        rng = np.random.default_rng(seed)
        for x, params in (*demanding_cases(rng), *close_calls(rng)):
            assert np.isfinite(output_of(x, params)).all(), f"seed {seed}"
