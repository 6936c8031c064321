"""Stage 1, the checks that you see: the forward pass and the two actions on small networks worked out by hand."""

import numpy as np

from kit.check import check
from kit.describe import describe, first_difference, show
from kit.message import fail
from kit.network import (
    Case,
    Params,
    call_each,
    chosen_fact,
    flat_numbers,
    held_in,
    index_of,
    largest,
    own_fact,
    own_outputs,
    rounded,
    shapes_of,
    telling_indices,
)
from kit.student import Student


def network(w0: list[list[float]], b0: list[float], w1: list[list[float]], b1: list[float]) -> Params:
    """Return params from plain lists; the biases become (1, size)."""
    return {"w0": np.array(w0), "b0": np.array([b0]), "w1": np.array(w1), "b1": np.array([b1])}


# Two numbers in, three hidden units, two outputs: the hidden layer is [0.0, 0.5, 2.5] for X, [0.0, 2.5, 0.0] for Y.
HAND = network(
    [[1.5, 0.5, 1.0], [0.5, 1.0, -0.5]], [-1.0, 2.0, 0.5], [[1.0, -1.0], [2.0, -3.0], [-1.5, 1.0]], [0.25, -0.75]
)
X, Y = np.array([1.0, -2.0]), np.array([-1.0, 1.0])
HAND_OUTPUTS = [[-2.5, 0.25], [5.25, -8.25]]

# Networks whose outputs can be read off: for x = [1, 1] the hidden layer is [1, 1], each output is the sum of a column.
OUTPUTS = [[0.25, 0.75], [-0.5, -1.5, -0.25], [2.0, -0.5], [0.5, -3.0, 0.75, 0.25]]
ACTIONS = [[0.25, 0.75], [-0.5, -1.0, -0.25], [1.0, -0.5], [0.5, -1.0, 0.75, 0.25]]
SUMS: list[Case] = [
    (
        np.ones(2),
        network(
            [[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0], [[one + 1.0 for one in row], [-1.0] * len(row)], [0.0] * len(row)
        ),
    )
    for row in OUTPUTS
]


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
                facts={"shapes": tuple(np.shape(v) if flat_numbers(v) is not None else describe(v) for v in values)}
                | {"types": tuple(type(v).__name__ for v in values)},
            )


@check("1.2", "A network worked out by hand", points=2)
def test_forward_gives_the_numbers_worked_out_by_hand(student: Student) -> None:
    """forward gives the outputs that stand at the top of this file for the small network there."""
    values = [reply.value for reply in call_each(student, "forward", [(X, HAND), (Y, HAND)])]
    for x, value, outputs in zip((X, Y), values, HAND_OUTPUTS, strict=True):
        if difference := differ(value, outputs):
            fail(
                f"forward(x, params) with x = {show(x)} and the network worked out by hand",
                show(value),
                show(outputs),
                differs=difference,
                look="the hidden layer: for x = [1.0, -2.0] it is [0.0, 0.5, 2.5]",
                facts={"outputs": tuple(map(rounded, values))},
            )


@check("1.10", "An observation of shape (n, 1)", points=1)
def test_forward_takes_an_observation_that_is_a_column(student: Student) -> None:
    """forward gives the same for an observation of shape (2, 1), as an older gym returns it, as for (2,)."""
    flat, column, other = (
        reply.value for reply in call_each(student, "forward", [(X, HAND), (X.reshape(2, 1), HAND), (Y, HAND)])
    )
    one, two, three = flat_numbers(flat), flat_numbers(column), flat_numbers(other)
    same = one is not None and two is not None and one.size == two.size and np.allclose(one, two, rtol=1e-5)
    constant = one is not None and three is not None and np.array_equal(one, three)
    if not same or constant:
        fail(
            "forward(x, params) with the same numbers as x of shape (2, 1) and of shape (2,)",
            f"{describe(column)}: {show(column)}" + (", whatever x is" if constant else ""),
            "what x of shape (2,) gives: one number for each output"
            + (", and others for another x" if constant else ""),
            differs="" if constant else first_difference(two if two is not None else column, one, 1e-5),
            look="the shape of x before the first product",
            facts={"column": rounded(column), "flat": rounded(flat), "constant": constant},
        )


@check("1.13", "The action for discrete actions", points=1)
def test_discrete_action_picks_the_largest_output(student: Student) -> None:
    """discrete_action returns the index of the largest output, whatever its sign, and the same one each time."""
    values = [reply.value for reply in call_each(student, "discrete_action", SUMS * 8)]
    chosen, count = [index_of(value) for value in values], len(SUMS)
    right = [largest(np.array(outputs)) for outputs in OUTPUTS]
    own = own_outputs(student, SUMS)
    if chosen == chosen[:count] * 8:
        for wanted in (right, telling_indices(own)):
            if wanted is not None and all(index in one for index, one in zip(chosen, wanted, strict=False)):
                return
    place = next(k for k, index in enumerate(chosen) if index not in right[k % count] or index != chosen[k % count])
    repeats = chosen == chosen[:count] * 8
    fail(
        f"discrete_action(x, params) with a network whose outputs are {show(OUTPUTS[place % count])}",
        show(values[place]) + ("" if repeats else ", and something else for the same arguments another time"),
        f"{min(right[place % count])}, the place of the largest output",
        look="what np.argmin, np.max and np.argmax each return for [3.0, 1.0, 2.0]",
        facts={"chosen": chosen_fact(values[:count]), **own_fact(student, SUMS)} if repeats else {"repeats": False},
    )


@check("1.17", "The action for continuous actions", points=1)
def test_continuous_action_stays_between_minus_one_and_one(student: Student) -> None:
    """continuous_action returns -1 below the range, 1 above it, and an output inside the range as it is."""
    values = [reply.value for reply in call_each(student, "continuous_action", SUMS)]
    outputs = [np.array(one) for one in OUTPUTS]
    own = own_outputs(student, SUMS)
    if not (held_in(values, outputs, 1e-5) or held_in(values, own, 1e-5)):
        places = [k for k, (value, action) in enumerate(zip(values, ACTIONS, strict=True)) if differ(value, action)]
        place = places[0] if places else 0
        fail(
            f"continuous_action(x, params) with a network whose outputs are {show(OUTPUTS[place])}",
            show(values[place]),
            show(ACTIONS[place]),
            differs=differ(values[place], ACTIONS[place]),
            look="the two ends of the range, -1 and 1",
            facts={"actions": tuple(map(rounded, values)), "shapes": shapes_of(values), **own_fact(student, SUMS)},
        )


def differ(value: object, expected: list[float]) -> str:
    """Return where two rows of numbers first differ, whatever the shape of the first."""
    flat = flat_numbers(value)
    return first_difference(value if flat is None else flat, expected, 1e-5)
