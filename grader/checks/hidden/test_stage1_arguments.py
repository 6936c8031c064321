"""Stage 1, hidden: what goes in and what comes out: float64, observations of any shape, arguments left alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.networks import output_of, random_network, scale_of
from grader.kit.check import check
from grader.kit.describe import describe, first_difference, show, side_by_side
from grader.kit.message import fail
from grader.kit.network import Case, Params, call_each, flat_numbers, rounded
from grader.kit.student import Student, StudentFault

EXACT, NEARLY = 1e-10, 1e-4  # relative errors: what is asked for, and what is a matter of precision at all


@check("1.9", "The precision of the output", points=1)
def test_forward_computes_in_float64(student: Student, rng: np.random.Generator) -> None:
    """The output is float64, and exact to 1e-10, also for an observation in float32."""
    cases: list[Case] = []
    for sizes in ((4, 10, 2), (2, 10, 1), (6, 12, 3)):
        x, params = rng.standard_normal(sizes[0]), random_network(rng, *sizes)
        cases += [(x, params), (x.astype(np.float32), params)]
    values = [reply.value for reply in call_each(student, "forward", cases)]
    errors = [_relative_error(value, case) for value, case in zip(values, cases, strict=True)]
    facts = {
        "types": tuple(str(getattr(value, "dtype", type(value).__name__)) for value in values),
        "exact": tuple(error <= EXACT or error > NEARLY for error in errors),
    }
    if _constant(values):
        fail(
            "forward(x, params) with three networks",
            f"{show(values[0])}, whatever the network",
            "numbers in float64 that depend on x and on params",
            look="what the function returns at its end",
            facts={**facts, "constant": rounded(values[0])},
        )
    for value, error, case in zip(values, errors, cases, strict=True):
        called = f"forward(x, params) with x in {case[0].dtype} and params in float64"
        look = "which numbers are turned into float32 on the way, and where the type of a result comes from"
        if getattr(value, "dtype", None) != np.float64:
            fail(called, describe(value), "an array in float64", look=look, facts=facts)
        if EXACT < error <= NEARLY:
            digits = side_by_side(value.reshape(-1)[0], output_of(*case)[0])
            fail(
                called,
                f"numbers with a relative error of about {error:.0e}",
                "numbers that are exact to 1e-10, as float64 gives them",
                differs=f"entry [0]: {digits}",
                look=look,
                facts=facts,
            )


def _relative_error(value: Any, case: Case) -> float:
    """Return the largest relative error of an output, inf where it is not o_size numbers."""
    got, expected = flat_numbers(value), output_of(*case)
    if got is None or got.shape != expected.shape or not np.isfinite(got).all():
        return float("inf")
    return float((abs(got - expected) / scale_of(*case)).max())


@check("1.11", "Observations of other shapes", points=1)
def test_forward_takes_an_observation_of_any_shape(student: Student, rng: np.random.Generator) -> None:
    """All three functions give the same for x of shape (1, 4), (4, 1), (2, 2) and (1, 4, 1) as for (4,)."""
    params = random_network(rng, 4, 10, 2)
    x = rng.standard_normal(4)
    shapes = [(4,), (1, 4), (4, 1), (2, 2), (1, 4, 1)]
    cases: list[Case] = [(x.reshape(shape), params) for shape in shapes] + [(-x, params)]
    values = [reply.value for reply in call_each(student, "forward", cases)]
    flat, other = flat_numbers(values[0]), flat_numbers(values[-1])
    facts = {"outputs": tuple(map(rounded, values))}
    for value, shape in zip(values, shapes, strict=False):
        got = flat_numbers(value)
        alike = got is not None and flat is not None and got.size == flat.size and np.allclose(got, flat, rtol=NEARLY)
        constant = got is not None and other is not None and np.array_equal(got, other)
        if constant or not alike:
            fail(
                f"forward(x, params) with four numbers as x of shape {shape}",
                f"{describe(value)}: {show(value)}",
                "what the same numbers give as x of shape (4,), and not what other numbers give",
                differs=first_difference(got if got is not None else value, flat, NEARLY),
                look="the shape of x before the first product: how do you make it the same for each of these?",
                facts=facts,
            )
    for name in ("discrete_action", "continuous_action"):
        _same_action(student, name, [(x.reshape(shape), params) for shape in shapes])


def _same_action(student: Student, name: str, cases: list[Case]) -> None:
    """Fail unless an action is the same for all shapes of x; one that fails for (4,) is asked elsewhere."""
    try:
        usual = [flat_numbers(reply.value) for reply in call_each(student, name, cases[:1] * 6)]
    except StudentFault:
        return
    if usual[0] is None or not all(np.array_equal(usual[0], one) for one in usual if one is not None):
        return
    try:
        replies = call_each(student, name, cases)
    except StudentFault as fault:
        fault.facts = {**fault.facts, "action of a shape": name}
        raise
    for (x, _), reply in zip(cases, replies, strict=True):
        got = flat_numbers(reply.value)
        if got is None or got.size != usual[0].size or not np.allclose(got, usual[0], rtol=NEARLY):
            fail(
                f"{name}(x, params) with four numbers as x of shape {x.shape}",
                show(reply.value),
                f"{show(usual[0])}, as for the same numbers as x of shape (4,)",
                look="whether forward, which takes x of any of these shapes, is called for the outputs",
                facts={"action of a shape": name},
            )


@check("1.12", "The arguments after the call", points=1)
def test_no_function_changes_its_arguments(student: Student, rng: np.random.Generator) -> None:
    """forward, discrete_action and continuous_action leave x and params as they were."""
    params = random_network(rng, 4, 6, 2)
    shapes = ((4,), (4, 1), (1, 4), (4,))
    cases: list[Case] = [(rng.standard_normal(shape), params) for shape in shapes]
    cases[-1] = (cases[-1][0].astype(np.float32), params)
    cases.append((np.array([0.5, -1e-4, 1e-7, 0.0]), random_network(rng, 4, 1, 2)))
    dead = random_network(rng, 4, 6, 5)
    cases += [
        (100.0 * rng.standard_normal(4), random_network(rng, 4, 20, 5)),
        (np.ones(4), dead | {"b0": dead["b0"] - 100.0}),
    ]
    changed = {name: _changed(student, name, cases) for name in ("forward", "discrete_action", "continuous_action")}
    above = [network | {"b1": network["b1"] + 100.0} for network in (params, random_network(rng, 4, 6, 2))]
    calls: list[tuple[Case, dict[str, Any]]] = [((cases[0][0], network), {}) for network in above]
    if not changed["forward"] and _constant([reply.value for reply in student.call_many("forward", calls)]):
        changed["forward"] = "the function returned the same numbers for two networks"
    for name, what in changed.items():
        written = what.startswith(("x changed", "params changed"))
        if what:
            fail(
                f"{name}(x, params), then looked at x and params again",
                what,
                "x and params just as they were before the call" if written else "a value, and x and params unchanged",
                look="lines that write into x or params: +=, -=, *=, [...] =, and .shape ="
                if written
                else "what the function returns",
                facts={"changed": tuple(changed.items())},
            )
    if _constant([reply.value for reply in student.call_many("forward", calls, late=True)]):
        fail(
            "forward(x, params) twice, with two networks",
            "the numbers of the second call in both outputs: the first output has changed afterwards",
            "an output that stays what it was",
            look="whether the array that is returned is filled again in the next call",
            facts={"output": "filled again"},
        )


def _changed(student: Student, name: str, cases: list[Case]) -> str:
    """Return which arguments a function changed, in words, "" where none; only a flat x has to be accepted here."""
    for case in cases:
        x, params = case
        try:
            reply = call_each(student, name, [case])[0]
        except StudentFault:
            if x.ndim == 1:
                raise
            continue
        x_after, params_after = reply.args
        if flat_numbers(reply.value) is None:
            return "None" if reply.value is None else "the function returned no numbers"
        if not _untouched(x_after, x):
            return f"x changed: {describe(x_after)}, {first_difference(x_after, x)}"
        if difference := _difference(params_after, params):
            return f"params changed: {difference}"
    return ""


def _constant(values: list[Any]) -> bool:
    """Return whether all outputs begin with the same number: nothing has been computed then."""
    firsts = {flat[0] for flat in map(flat_numbers, values) if flat is not None and flat.size}
    return len(firsts) == 1


def _difference(after: Any, params: Params) -> str:
    """Return where params differ from what they were, in words."""
    if not isinstance(after, dict) or set(after) != set(params):
        return first_difference(after, params) or "other keys"
    keys = [key for key, value in params.items() if not _untouched(after[key], value)]
    return f"{', '.join(keys)}: {first_difference(after[keys[0]], params[keys[0]])}" if keys else ""


def _untouched(after: Any, before: NDArray[Any]) -> bool:
    return isinstance(after, np.ndarray) and after.shape == before.shape and np.array_equal(after, before)
