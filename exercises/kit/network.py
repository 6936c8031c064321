"""What the checks of the forward pass share: numbers out of replies, and the student's own outputs."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .plain import numbers
from .student import Reply, Student, StudentFault, StudentRaised

MOST_ROUNDED = 1000
Params = dict[str, NDArray[np.float64]]
Case = tuple[NDArray[Any], Params]  # an observation and the network that it goes into


def call_each(student: Student, function: str, cases: Sequence[Case]) -> list[Reply]:
    """Call a function of stage 1 once a case."""
    return student.call_many(function, [(case, {}) for case in cases])


def flat_numbers(value: Any) -> NDArray[np.float64] | None:
    """Return the real numbers in an array, a list or a number as one row (n,), None for anything else."""
    found = numbers(value)
    return None if found is None else found.reshape(-1)


def rounded(value: Any, decimals: int = 6) -> tuple[float | str, ...] | str:
    """Return numbers as a fact: equal for two answers that differ only in the order of their sums."""
    flat = flat_numbers(value)
    if flat is None:
        return type(value).__name__
    if flat.size > MOST_ROUNDED:
        return f"{flat.size} numbers"
    return tuple(round(float(item), decimals) + 0.0 if np.isfinite(item) else str(item) for item in flat)


def shapes_of(values: Sequence[Any]) -> tuple[tuple[int, ...] | str, ...]:
    """Return the shape of each value as a fact, of a plain number (), of what is no numbers its type."""
    return tuple(type(value).__name__ if flat_numbers(value) is None else np.shape(value) for value in values)


def own_outputs(student: Student, cases: Sequence[Case]) -> list[NDArray[np.float64]] | None:
    """Return what the student's own forward gives for each case, None where it doesn't give o_size finite numbers.

    An action is judged by the student's own outputs too, so that a mistake in forward costs its points only once.
    """
    try:
        replies = call_each(student, "forward", cases)
    except StudentFault:
        return None
    outputs = [flat_numbers(reply.value) for reply in replies]
    good = [o for o, (_, p) in zip(outputs, cases, strict=True) if o is not None and o.size == p["b1"].size]
    return good if len(good) == len(cases) and all(np.isfinite(o).all() for o in good) else None


def own_fact(student: Student, cases: Sequence[Case]) -> dict[str, Any]:
    """Return, as facts, what the student's own forward gives, or how it fails."""
    try:
        values = [reply.value for reply in call_each(student, "forward", cases)]
    except StudentRaised as fault:
        return {"own": (fault.type_name, fault.text)}
    except StudentFault as fault:
        return {"own": tuple(fault.facts.items())}
    own = [(None if flat_numbers(value) is None else np.shape(value), rounded(value)) for value in values]
    return {"own": tuple(own), **probe(student, [one for _, one in own])}


def probe(student: Student, outputs: Sequence[Any]) -> dict[str, Any]:
    """Return, as facts, the outputs of one more network where these are all one number and tell nothing."""
    if len({number for output in outputs for number in output}) > 1:
        return {}
    x = np.linspace(-1.0, 2.0, 4)
    w0, w1 = np.sin(np.arange(20.0)).reshape(4, 5), np.cos(np.arange(15.0)).reshape(5, 3)
    params = {"w0": w0, "b0": w0[:1] - 0.2, "w1": w1, "b1": w1[:1] + 0.1}
    try:
        return {"probe": rounded(student.call("forward", x, params).value)}
    except StudentFault as fault:
        return {"probe": tuple(fault.facts.items())}


def index_of(value: Any) -> int | None:
    """Return the index that a value stands for, whatever its type; None where it stands for none."""
    flat = flat_numbers(value)
    if flat is None or flat.size != 1 or not np.isfinite(flat[0]) or flat[0] != int(flat[0]):
        return None
    return int(flat[0])


def chosen_fact(actions: Sequence[Any]) -> tuple[Any, ...]:
    """Return discrete actions as a fact, True told from 1 and 1.0."""
    return tuple((type(action).__name__, rounded(action)) for action in actions)


def largest(outputs: NDArray[np.float64]) -> set[int]:
    """Return the indices of the largest output: more than one on a tie."""
    return {int(index) for index in np.flatnonzero(outputs == outputs.max())}


def telling_indices(outputs: list[NDArray[np.float64]] | None) -> list[set[int]] | None:
    """Return the indices of the largest output in each case, None where one index would do for all."""
    if outputs is None:
        return None
    indices = [largest(output) for output in outputs]
    return None if set.intersection(*indices) else indices


def held_in(actions: Sequence[Any], outputs: list[NDArray[np.float64]] | None, tolerance: float) -> bool:
    """Return whether actions are outputs held in [-1, 1], for outputs that lie inside it and outside.

    Args:
        actions: what continuous_action returned, one a case.
        outputs: what they were made from, one array a case; None, or none of a kind, prove nothing.
        tolerance: how far apart two numbers may lie.
    """
    flat = [flat_numbers(action) for action in actions]
    if outputs is None or any(one is None or one.size != two.size for one, two in zip(flat, outputs, strict=True)):
        return False
    got, own = np.concatenate([one for one in flat if one is not None]), np.concatenate(outputs)
    below, above = own < -1, own > 1
    outside = below | above
    close = abs(got - np.where(below, -1.0, np.where(above, 1.0, own))) <= tolerance
    return bool(outside.any() and not outside.all() and close.all())
