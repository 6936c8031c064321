"""Stage 1, hidden: each part of the forward pass on its own, then all of it on networks of every size."""

import numpy as np
from numpy.typing import NDArray

from grader.checks.networks import output_of, random_network, scale_of, zero_network
from grader.kit.check import check
from grader.kit.describe import describe, first_difference, show
from grader.kit.message import fail
from grader.kit.network import Case, Params, call_each, flat_numbers, probe, rounded
from grader.kit.student import Student

LOOSE = 1e-5  # relative; exactness has a check of its own


def outputs_of(student: Student, cases: list[Case], what: str) -> list[NDArray[np.float64]]:
    """Return the numbers that forward gives for each case; fail where they are not o_size numbers."""
    values = [reply.value for reply in call_each(student, "forward", cases)]
    flat = [flat_numbers(value) for value in values]
    for value, one, (_, params) in zip(values, flat, cases, strict=True):
        if one is None or one.size != params["b1"].size:
            fail(
                f"forward(x, params) with {what}",
                describe(value),
                f"{params['b1'].size} numbers, one for each output",
                look="the shapes: print them line by line",
                facts={"shapes": tuple(np.shape(v) if flat_numbers(v) is not None else describe(v) for v in values)},
            )
    return [one for one in flat if one is not None]


def same(got: NDArray[np.float64], expected: NDArray[np.float64]) -> bool:
    """Return whether two rows of numbers agree, but for the exactness of their last digits."""
    return bool(np.allclose(got, expected, rtol=LOOSE, atol=LOOSE))


@check("1.3", "The two matrix products", points=1)
def test_forward_multiplies_by_both_weights(student: Student, rng: np.random.Generator) -> None:
    """With zero biases and positive numbers only, forward gives the two products with w0 and w1."""
    cases: list[Case] = []
    for sizes in ((4, 5, 2), (3, 3, 3), (2, 4, 1)):
        params = {key: abs(value) + 0.1 for key, value in random_network(rng, *sizes).items()}
        params |= {"b0": np.zeros((1, sizes[1])), "b1": np.zeros((1, sizes[2]))}
        cases.append((rng.uniform(0.2, 1.0, sizes[0]), params))
    got = outputs_of(student, cases, "zero biases, where x and all weights are positive")
    for one, (x, params) in zip(got, cases, strict=True):
        expected = output_of(x, params)
        if not same(one, expected):
            fail(
                f"forward(x, params) with x of shape {x.shape}, w0 {params['w0'].shape}, w1 {params['w1'].shape}, "
                "zero biases and positive numbers only",
                show(one),
                show(expected),
                differs=first_difference(one, expected, LOOSE),
                look="which weights each product takes, and in which order",
                facts={"outputs": tuple(map(rounded, got)), **probe(student, got)},
            )


@check("1.4", "The hidden layer's bias", points=1)
def test_the_hidden_bias_is_added_before_the_activation(student: Student, rng: np.random.Generator) -> None:
    """A number that comes to a hidden unit by b0 does what the same number does that comes by x and w0."""
    size = 4
    by_x, by_bias, without = (zero_network(size, size, size) for _ in range(3))
    shift = rng.uniform(0.5, 2.0, size) * np.array([1.0, -1.0, 1.0, -1.0])
    for params in (by_x, by_bias, without):
        params |= {"w0": np.eye(size), "w1": np.eye(size)}
    by_bias["b0"] = shift.reshape(1, -1)
    zeros = np.zeros(size)
    what = "x = 0, w0 and w1 the identity, and a bias b0"
    got, expected, nothing = outputs_of(student, [(zeros, by_bias), (shift, by_x), (zeros, without)], what)
    if not same(got, expected) or same(got, nothing):
        fail(
            f"forward(x, params) with {what} = {show(shift)}",
            show(got) + (", the same as with b0 = 0" if same(got, nothing) else ""),
            f"what x = {show(shift)} gives with b0 = 0, since both bring the same numbers to the hidden layer",
            differs=first_difference(got, expected, LOOSE),
            look="where b0 comes in: what does each hidden unit add up?",
            facts={"by bias": rounded(got), "by x": rounded(expected), "without": rounded(nothing)},
        )


@check("1.5", "The output's bias", points=1)
def test_the_output_bias_moves_the_output(student: Student, rng: np.random.Generator) -> None:
    """Moving b1 moves the output by just as much."""
    params = {key: abs(value) for key, value in random_network(rng, 4, 5, 3).items()}
    shift = rng.uniform(0.5, 2.0, (1, 3))
    x = rng.uniform(0.2, 1.0, 4)
    cases: list[Case] = [(x, params), (x, {**params, "b1": params["b1"] + shift})]
    before, after = outputs_of(student, cases, "two networks that differ in b1 alone")
    with np.errstate(invalid="ignore"):
        moved = after - before
    if not same(moved, shift[0]):
        fail(
            f"forward(x, params) twice, the second time with {show(shift)} added to b1",
            f"outputs that differ by {show(moved)}",
            f"outputs that differ by {show(shift)}",
            differs=first_difference(moved, shift[0], LOOSE),
            look="what is added after the second product",
            facts={"moved": rounded(moved)},
        )


@check("1.6", "The relu of the hidden layer", points=1)
def test_the_hidden_layer_cuts_negative_numbers_off(student: Student, rng: np.random.Generator) -> None:
    """A hidden unit passes a positive number on as it is, and zero for a negative one."""
    params = zero_network(4, 4, 4) | {"w0": np.eye(4), "w1": np.eye(4)}
    x = rng.uniform(0.5, 3.0, 4) * np.array([1.0, -1.0, -1.0, 1.0])
    got = outputs_of(student, [(x, params)], "zero biases, w0 and w1 the identity")[0]
    expected = output_of(x, params)
    if not same(got, expected):
        fail(
            f"forward(x, params) with x = {show(x)}, zero biases, w0 and w1 the identity",
            show(got),
            show(expected),
            differs=first_difference(got, expected, LOOSE),
            look="what happens to the hidden layer between the two products",
            facts={"outputs": rounded(got), **probe(student, [got])},
        )


@check("1.7", "Outputs below zero", points=1)
def test_the_output_may_be_any_number(student: Student, rng: np.random.Generator) -> None:
    """Nothing is done to the output after the second bias: it may be negative, and large."""
    params = zero_network(3, 3, 4)
    params |= {"w0": np.eye(3), "w1": np.array([[-1.0, -2.0, 1.0, 3.0], [-1.0, 1.0, -2.0, 4.0], [-1.0, 0.0, 1.0, 5.0]])}
    x = rng.uniform(1.0, 2.0, 3)
    got = outputs_of(student, [(x, params)], "positive hidden units and weights w1 of either sign")[0]
    expected = output_of(x, params)
    if (np.sign(got) != np.sign(expected)).any() or (abs(got) <= 1.0).all():
        fail(
            "forward(x, params) with a network whose outputs are positive and negative, and larger than 1",
            show(got),
            show(expected),
            differs=first_difference(got, expected, LOOSE),
            look="what comes after the second product: is the output changed once more?",
            facts={"outputs": rounded(got), **probe(student, [got])},
        )


@check("1.8", "Networks of many sizes", points=1)
def test_forward_is_right_for_networks_of_many_sizes(student: Student, rng: np.random.Generator) -> None:
    """forward gives the network's output at any size, 1 included, for faint numbers and any order of the keys."""
    sizes = [(1, 1, 1), (4, 10, 2), (2, 10, 1), (5, 5, 5), (4, 64, 2), (40, 150, 3), (4, 10, 2)]
    sizes += [tuple(rng.integers(2, 20, 3)) for _ in range(8)]
    scales = [1.0, 1.0, 1.0, 0.01, 1.0, 1.0, 1e8, 0.1, 100.0] + [
        float(one) for one in 10.0 ** rng.uniform(-2.0, 2.0, 6)
    ]
    cases: list[Case] = [
        (rng.standard_normal(size[0]) * scale, random_network(rng, *map(int, size)))
        for size, scale in zip(sizes, scales, strict=True)
    ]
    faint = random_network(rng, 5, 5, 5)
    faint |= {"w0": 1e-6 * faint["w0"], "b0": np.zeros((1, 5)), "b1": np.zeros((1, 5))}
    turned = dict(reversed(random_network(rng, 4, 10, 2).items()))
    cases += [(rng.standard_normal(5), faint), (rng.standard_normal(4), turned)]
    cases += [(rng.standard_normal(4), _lowered(rng, key, *sizes)) for key, *sizes in (("b0", 1, 3), ("b1", 6, 1))]
    got = outputs_of(student, cases, "a random network")
    for one, (x, params) in zip(got, cases, strict=True):
        expected = output_of(x, params)
        if not (abs(one - expected) <= LOOSE * scale_of(x, params)).all():
            fail(
                f"forward(x, params) with a random network: w0 of shape {params['w0'].shape}, w1 {params['w1'].shape}",
                show(one),
                show(expected),
                differs=first_difference(one, expected, LOOSE),
                look="the example worked out by hand in the visible tests, step by step",
                facts={"outputs": tuple(map(rounded, got)), **probe(student, got)},
            )


def _lowered(rng: np.random.Generator, bias: str, h_size: int, o_size: int) -> Params:
    """Return a network with 4 inputs whose hidden units, or outputs, are negative: one of them stands alone."""
    params = random_network(rng, 4, h_size, o_size)
    return params | {bias: params[bias] - 20.0}
