"""Stage 6: stack and forward_batch for populations of every size."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.populations import KEYS, Params, in_any_order, member, outputs_of, stacked
from grader.kit.check import check
from grader.kit.describe import describe, first_difference, show
from grader.kit.message import fail
from grader.kit.network import rounded
from grader.kit.student import Student

CLOSE = 1e-10  # relative
# pop_size, i_size, h_size, o_size: all different, then sizes that are easy to mistake for each other, one hidden unit
# and many, the first again, twice in a row
SIZES = (
    *((7, 4, 5, 2), (3, 2, 8, 1), (4, 4, 4, 4), (6, 3, 6, 2), (2, 5, 3, 2), (1, 4, 3, 2), (1, 2, 1, 1)),
    *((5, 4, 1, 2), (3, 2, 70, 1), (7, 4, 5, 2), (7, 4, 5, 2)),
)


def _pop(rng: np.random.Generator, sizes: tuple[int, int, int, int]) -> list[Params]:
    return [member(rng, *sizes[1:]) for _ in range(sizes[0])]


@check("6.2", "The numbers of stacked params", points=0.5)
def test_stack_keeps_every_number(student: Student, rng: np.random.Generator) -> None:
    """stack holds member k's own arrays, unchanged in float64, at place k, in whatever order its keys come.

    The values are looked at after the last call: none may change what another has returned.
    """
    pops = [in_any_order(_pop(rng, sizes)) for sizes in SIZES]
    values = [reply.value for reply in student.call_many("stack", [((pop,), {}) for pop in pops], late=True)]
    for sizes, pop, value in zip(SIZES, pops, values, strict=True):
        if difference := first_difference(value, stacked(pop)):
            fail(
                f"stack(pop) for {sizes[0]} members with i_size {sizes[1]}, h_size {sizes[2]}, o_size {sizes[3]}",
                describe(value),
                f"a dict with {', '.join(KEYS)}, in each the arrays of all members",
                differs=difference,
                look="compare stack(pop)['w0'][1] with pop[1]['w0']",
                facts={"seen": _seen(value)},
            )


@check("6.4", "Batches of every size", points=1)
def test_forward_batch_at_many_sizes(student: Student, rng: np.random.Generator) -> None:
    """forward_batch gives member k's output for observation k to 1e-10, whatever the sizes."""
    _compare(student, rng, np.float64)


@check("6.5", "A batch of float32 observations", points=0.5)
def test_forward_batch_of_float32(student: Student, rng: np.random.Generator) -> None:
    """forward_batch computes in float64 with float32 observations, as environments return them."""
    _compare(student, rng, np.float32)


def _compare(student: Student, rng: np.random.Generator, dtype: type[np.floating[Any]]) -> None:
    """Hold forward_batch against the members' own outputs at all sizes, as they are after the last call."""
    cases: list[tuple[NDArray[Any], list[Params]]] = []
    for sizes in SIZES:
        cases.append((rng.standard_normal((sizes[0], sizes[1])).astype(dtype), _pop(rng, sizes)))
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        ((observations, stacked(pop)), {}) for observations, pop in cases
    ]
    values = [reply.value for reply in student.call_many("forward_batch", calls, late=True)]
    for (observations, pop), value in zip(cases, values, strict=True):
        expected = outputs_of(observations, pop)
        room = CLOSE * max(1.0, float(np.abs(expected).max()))
        difference = first_difference(value, expected, room)
        if difference or not isinstance(value, np.ndarray):
            fail(
                f"forward_batch(observations, stacked) with observations of shape {observations.shape}, "
                f"{np.dtype(dtype).name}, and w0 of shape {stacked(pop)['w0'].shape}",
                f"{describe(value)}: {show(value)}",
                f"an array of shape {expected.shape}: {show(expected)}",
                differs=difference,
                look="the shape after each product, and which axis counts the members",
                facts={"seen": tuple(_seen(each) for each in values)},
            )


def _seen(value: Any) -> Any:
    """Return the shape and the numbers of a value, as a fact."""
    if isinstance(value, dict):
        return tuple((str(key), _seen(item)) for key, item in value.items())
    return (np.shape(value) if isinstance(value, np.ndarray) else type(value).__name__, rounded(value, 8))
