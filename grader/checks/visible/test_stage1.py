"""Stage 1, the checks that you see: the forward pass and the two actions on small networks worked out by hand."""

import numpy as np

from grader.kit.check import check
from grader.kit.describe import describe, first_difference, show
from grader.kit.message import fail
from grader.kit.network import (
    Case,
    Params,
    call_each,
    held_in,
    index_of,
    largest,
    numbers,
    own_outputs,
    rounded,
    telling_indices,
)
from grader.kit.student import Student


def network(w0: list[list[float]], b0: list[float], w1: list[list[float]], b1: list[float]) -> Params:
    """Return params from plain lists; the biases become (1, size)."""
    return {"w0": np.array(w0), "b0": np.array([b0]), "w1": np.array(w1), "b1": np.array([b1])}


# Two observations, three hidden units, two outputs. For x = [1, -2] the hidden layer is [0.0, 0.5, 2.0].
HAND = network(
    [[1.0, 2.0, -1.0], [0.5, 1.0, -2.0]], [-1.0, 0.5, -1.0], [[1.0, -1.0], [2.0, -3.0], [-0.5, 0.5]], [0.25, -0.75]
)
X = np.array([1.0, -2.0])

# One observation: each output is a number that can be read off for x = 1.
READ_OFF = [
    network([[1.0]], [1.0], [[0.5, -1.5]], [0.5, 0.5]),
    network([[1.0]], [1.0], [[-1.0, 0.5, 0.25]], [0.25, 0.0, -1.0]),
    network([[1.0]], [1.0], [[-2.0, -1.0, -1.75]], [0.0, 0.5, 0.25]),
]
OUTPUTS = [[1.5, -2.5], [-1.75, 1.0, -0.5], [-4.0, -1.5, -3.25]]
ACTIONS = [[1.0, -1.0], [-1.0, 1.0, -0.5], [-1.0, -1.0, -1.0]]
ONE: list[Case] = [(np.array([1.0]), params) for params in READ_OFF]


@check("1.1", "Shape of the output", points=1)
def test_forward_returns_one_number_for_each_output(student: Student) -> None:
    """forward returns an array of shape (o_size,)."""
    small = {"w0": np.ones((4, 3)), "b0": np.ones((1, 3)), "w1": np.ones((3, 1)), "b1": np.ones((1, 1))}
    cases: list[Case] = [(X, HAND), (np.ones(4), small)]
    values = [reply.value for reply in call_each(student, "forward", cases)]
    for (x, params), value in zip(cases, values, strict=True):
        o_size = params["b1"].size
        if not isinstance(value, np.ndarray) or value.shape != (o_size,):
            fail(
                f"forward(x, params) with x of shape {x.shape} and o_size {o_size}",
                describe(value),
                f"an array of shape ({o_size},)",
                look="what the last line returns: print its shape",
                facts={"shapes": tuple(np.shape(v) if numbers(v) is not None else describe(v) for v in values)}
                | {"types": tuple(type(v).__name__ for v in values)},
            )


@check("1.2", "A network worked out by hand", points=2)
def test_forward_gives_the_numbers_worked_out_by_hand(student: Student) -> None:
    """forward gives 0.25 and -1.25 for the small network at the top of this file."""
    value = call_each(student, "forward", [(X, HAND)])[0].value
    got, expected = numbers(value), np.array([0.25, -1.25])
    if got is None or got.size != 2 or not np.allclose(got, expected, rtol=1e-5, atol=1e-5):
        fail(
            "forward(x, params) with x = [1.0, -2.0] and the network worked out by hand",
            show(value),
            show(expected),
            differs=differ(value, expected.tolist()),
            look="the hidden layer: here it is [0.0, 0.5, 2.0]",
            facts={"output": rounded(value)},
        )


@check("1.10", "An observation of shape (n, 1)", points=1)
def test_forward_takes_an_observation_that_is_a_column(student: Student) -> None:
    """forward gives the same for an observation of shape (2, 1), as an older gym returns it, as for (2,)."""
    flat, column, other = (
        reply.value for reply in call_each(student, "forward", [(X, HAND), (X.reshape(2, 1), HAND), (-X, HAND)])
    )
    one, two, three = numbers(flat), numbers(column), numbers(other)
    same = one is not None and two is not None and one.size == two.size and np.allclose(one, two, rtol=1e-5)
    constant = one is not None and three is not None and np.array_equal(one, three)
    if not same or constant:
        fail(
            "forward(x, params) with the same numbers as x of shape (2, 1) and of shape (2,)",
            f"{describe(column)}: {show(column)}" + (", whatever x is" if constant else ""),
            "what x of shape (2,) gives: one number for each output" + (", and another for -x" if constant else ""),
            differs="" if constant else first_difference(two if two is not None else column, one, 1e-5),
            look="the shape of x before the first product",
            facts={"column": rounded(column), "flat": rounded(flat), "constant": constant},
        )


@check("1.13", "The action for discrete actions", points=1)
def test_discrete_action_picks_the_largest_output(student: Student) -> None:
    """discrete_action returns the index of the largest output, the smallest may be negative."""
    replies = call_each(student, "discrete_action", ONE)
    chosen = [index_of(reply.value) for reply in replies]
    own = telling_indices(own_outputs(student, ONE)) or []
    right = [largest(np.array(outputs)) for outputs in OUTPUTS]
    good = [all(index in case for index, case in zip(chosen, cases, strict=True)) for cases in (right, own) if cases]
    if not any(good):
        place = next(k for k, index in enumerate(chosen) if index not in right[k])
        fail(
            f"discrete_action(x, params) with a network whose outputs are {show(OUTPUTS[place])}",
            show(replies[place].value),
            f"{min(right[place])}, the place of the largest output",
            look="what np.argmin, np.max and np.argmax each return for [3.0, 1.0, 2.0]",
            facts={"chosen": tuple(rounded(reply.value) for reply in replies)},
        )


@check("1.17", "The action for continuous actions", points=1)
def test_continuous_action_stays_between_minus_one_and_one(student: Student) -> None:
    """continuous_action returns -1 below the range, 1 above it, and an output inside the range as it is."""
    values = [reply.value for reply in call_each(student, "continuous_action", ONE)]
    outputs = [np.array(one) for one in OUTPUTS]
    if not (held_in(values, outputs, 1e-5) or held_in(values, own_outputs(student, ONE), 1e-5)):
        places = [k for k, (value, action) in enumerate(zip(values, ACTIONS, strict=True)) if differ(value, action)]
        place = places[0] if places else 0
        fail(
            f"continuous_action(x, params) with a network whose outputs are {show(OUTPUTS[place])}",
            show(values[place]),
            show(ACTIONS[place]),
            differs=differ(values[place], ACTIONS[place]),
            look="the two ends of the range, -1 and 1",
            facts={"actions": tuple(rounded(value) for value in values)},
        )


def differ(value: object, expected: list[float]) -> str:
    """Return where two rows of numbers first differ, whatever the shape of the first."""
    flat = numbers(value)
    return first_difference(value if flat is None else flat, expected, 1e-5)
