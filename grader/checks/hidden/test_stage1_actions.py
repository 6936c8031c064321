"""Stage 1, hidden: both actions at, below and above their edges, their types, ties.

An action is right where it is what the network's true output asks for, or what the student's own forward does:
a mistake in forward costs its points there and not a second time.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.networks import close_calls, demanding_cases, output_of, random_network, zero_network
from grader.kit.check import check
from grader.kit.describe import describe, show
from grader.kit.message import fail
from grader.kit.network import (
    Case,
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
from grader.kit.student import Student

# Outputs whose largest, never the first, is lost on the way through an exponential, a rounding or float32.
FAR_AND_CLOSE = (
    *([800.0, 900.0, 850.0], [-800.0, -750.0, -900.0], [40.0, 41.0, 42.0]),
    *([0.1, 0.1001], [1.0, 1.000001], [1.0, 1.000000001], [-3e12, -1e12, -2e12]),
)


ONE = (2.0, -2.0)
FORWARD_IS_RIGHT = (
    "forward(x, params) for the same arguments: it gives these outputs; what becomes of them on the way to the action?"
)


def network_with_outputs(outputs: list[float], by: str = "weights") -> Case:
    """Return an observation and a network that gives these very outputs, by weights alone or by b0 or by b1."""
    params = zero_network(2, 3, len(outputs))
    if by == "b1":
        params["b1"][0] = outputs
        return np.array([1.0, 1.0]), params
    if by == "b0":
        params["b0"][0, :2] = 1.0
    else:
        params["w0"][0, 0] = params["w0"][1, 1] = 1.0
    params["w1"][0], params["w1"][1] = np.maximum(outputs, 0.0), np.minimum(outputs, 0.0)
    return np.array([1.0, 1.0]), params


@check("1.14", "Discrete actions of random networks", points=1)
def test_discrete_action_picks_the_largest_of_any_number_of_outputs(student: Student, rng: np.random.Generator) -> None:
    """discrete_action picks the largest of 1 to 12 outputs, negative ones too, and the same one each time."""
    cases: list[Case] = []
    for o_size in (2, 2, 3, 4, 6, 3):
        params = random_network(rng, 4, 10, o_size)
        params["b1"] -= 20.0 * (o_size == 3)
        cases.append((rng.standard_normal(4), params))
    cases += [network_with_outputs(outputs) for outputs in FAR_AND_CLOSE]
    cases += [*demanding_cases(rng), *close_calls(rng)]
    cases += [network_with_outputs([-2.0, -1.0, -3.0], by="b0"), network_with_outputs([1.0, 0.5, 2.0], by="b1")]
    values = [reply.value for reply in call_each(student, "discrete_action", cases * 4)]
    chosen = [index_of(value) for value in values]
    outputs = [output_of(*case) for case in cases]
    if differing := [k for k in range(len(cases)) if len(set(chosen[k :: len(cases)])) > 1]:
        fail(
            "discrete_action(x, params) four times with the same arguments",
            " then ".join(show(value) for value in values[differing[0] :: len(cases)]),
            "the same action each time: the place of the largest output",
            look="whether the action is picked or drawn at random",
            facts={"repeats": False},
        )
    own = own_outputs(student, cases)
    for wanted in ([largest(output) for output in outputs], telling_indices(own)):
        if wanted is not None and all(index in one for index, one in zip(chosen, wanted, strict=False)):
            _single_output(student)
            return
    place = next(k for k, output in enumerate(outputs) if chosen[k] not in largest(output))
    fail(
        f"discrete_action(x, params) with a network whose outputs are {show(outputs[place])}",
        show(values[place]),
        f"{int(np.argmax(outputs[place]))}, the place of the largest output, counted from 0",
        look=FORWARD_IS_RIGHT
        if _agree(own, outputs)
        else "networks with more than two outputs, and outputs that are all negative",
        facts={"chosen": chosen_fact(values[: len(cases)]), **own_fact(student, cases)},
    )


def _agree(own: list[NDArray[np.float64]] | None, outputs: list[NDArray[np.float64]]) -> bool:
    """Return whether the student's own forward gives the right outputs."""
    return own is not None and all(np.allclose(one, two, 1e-9, 1e-9) for one, two in zip(own, outputs, strict=True))


def _single_output(student: Student) -> None:
    """Fail unless a single output, above zero or below, gives 0."""
    values = [reply.value for reply in call_each(student, "discrete_action", [network_with_outputs([o]) for o in ONE])]
    for value, output in zip(values, ONE, strict=True):
        if index_of(value) != 0:
            fail(
                f"discrete_action(x, params) with a network whose only output is {output}",
                show(value),
                "0, the place of the largest output, counted from 0",
                look="a network with one output",
                facts={"single": chosen_fact(values)},
            )


@check("1.15", "The type of a discrete action", points=1)
def test_discrete_action_returns_an_int(student: Student) -> None:
    """discrete_action returns an int, or a numpy integer, that env.step takes."""
    cases = [network_with_outputs([1.0, 2.0]), network_with_outputs([3.0, 2.0, 1.0])]
    cases.append(network_with_outputs([*range(12)]))
    values = [reply.value for reply in call_each(student, "discrete_action", cases)]
    for value in values:
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
            fail(
                "discrete_action(x, params)",
                describe(value),
                "an int, such as 0 or 1",
                look="print(type(...)) of what is returned",
                facts={"types": tuple(_type(v) for v in values), "indices": tuple(index_of(v) is None for v in values)},
            )


def _type(value: Any) -> str:
    return f"{value.dtype} {value.shape}" if isinstance(value, (np.ndarray, np.generic)) else type(value).__name__


@check("1.16", "Discrete actions on a tie", points=1)
def test_discrete_action_picks_any_of_the_largest_on_a_tie(student: Student) -> None:
    """Where two outputs are largest, discrete_action returns the place of either."""
    outputs = [[2.0, 2.0], [1.0, 3.0, 3.0], [4.0, -1.0, 4.0], [-2.0, -2.0, -5.0]]
    cases = [network_with_outputs(one) for one in outputs]
    values = [reply.value for reply in call_each(student, "discrete_action", cases * 4)]
    chosen = [index_of(value) for value in values]
    wanted = [largest(np.array(one)) for one in outputs]
    own = telling_indices(own_outputs(student, cases))
    for one in (wanted, own):
        if one is not None and all(index in places for index, places in zip(chosen, one * 4, strict=True)):
            return
    place = next(k for k, index in enumerate(chosen) if index not in wanted[k % len(cases)])
    steady = chosen == chosen[: len(cases)] * 4
    facts = {"chosen": chosen_fact(values[: len(cases)]), **own_fact(student, cases)} if steady else {}
    fail(
        f"discrete_action(x, params) with a network whose outputs are {show(outputs[place % len(cases)])}",
        f"{describe(values[place])}",
        f"one int, {' or '.join(map(str, sorted(wanted[place % len(cases)])))}",
        look="what is returned when the largest output stands there twice",
        facts=facts,
    )


@check("1.18", "Continuous actions at the edges", points=1)
def test_continuous_action_holds_the_output_between_the_edges(student: Student, rng: np.random.Generator) -> None:
    """An output below -1 gives -1, above 1 gives 1, on an edge or between them it stays, to the last digit."""
    cases = [network_with_outputs([one]) for one in (-1.0, 1.0, -1.0001, 1.0001, 0.0, -300.0, 300.0, 0.9999, 1e-3)]
    cases += [network_with_outputs(list(rng.uniform(-2.0, 2.0, 3))) for _ in range(4)]
    cases += demanding_cases(rng)
    cases += [network_with_outputs([0.5, -0.25], by=bias) for bias in ("b0", "b1")]
    values = [reply.value for reply in call_each(student, "continuous_action", cases)]
    outputs = [output_of(*case) for case in cases]
    own = own_outputs(student, cases)
    if held_in(values, outputs, 1e-10) or held_in(values, own, 1e-10):
        return
    flat = [flat_numbers(value) for value in values]
    wrong = [k for k, one in enumerate(flat) if one is None or not _held(one, outputs[k])]
    place = wrong[0] if wrong else 0
    fail(
        f"continuous_action(x, params) with a network whose outputs are {show(outputs[place])}",
        show(values[place]),
        show(np.clip(outputs[place], -1.0, 1.0)),
        look=FORWARD_IS_RIGHT
        if _agree(own, outputs)
        else "an output far below -1, one far above 1, and one between them",
        facts={"actions": tuple(map(rounded, values)), "shapes": shapes_of(values), **own_fact(student, cases)},
    )


def _held(got: np.ndarray[Any, Any], output: np.ndarray[Any, Any]) -> bool:
    """Return whether one action is its output held in [-1, 1]."""
    return got.shape == output.shape and bool((abs(got - np.clip(output, -1.0, 1.0)) <= 1e-10).all())


@check("1.19", "The shape of a continuous action", points=1)
def test_continuous_action_returns_an_array(student: Student) -> None:
    """continuous_action returns an array of shape (o_size,), also for one output."""
    outputs = [[0.5], [3.0], [0.5, -2.0, 0.25]]
    cases = [network_with_outputs(one) for one in outputs]
    values = [reply.value for reply in call_each(student, "continuous_action", cases)]
    for value, one in zip(values, outputs, strict=True):
        if not isinstance(value, np.ndarray) or value.shape != (len(one),):
            fail(
                f"continuous_action(x, params) with a network of {len(one)} output{'s' if len(one) > 1 else ''}",
                describe(value),
                f"an array of shape ({len(one)},), which is what env.step takes",
                look="the shape of what is returned, also where there is one output",
                facts={"types": tuple(_type(v) for v in values)},
            )
