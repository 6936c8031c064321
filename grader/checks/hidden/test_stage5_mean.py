"""Stage 5: the weights by which a tell moves the mean, read from its attributes before and after."""

import numpy as np
from numpy.typing import NDArray

from grader.checks.optimiser import Optimiser
from grader.checks.rankings import fitness_of
from grader.checks.tutorial import weight_sets
from grader.kit.check import check
from grader.kit.describe import show
from grader.kit.message import fail
from grader.kit.student import Student

Floats = NDArray[np.float64]

N = 16  # more dimensions than solutions: each solution's weight can be read from the mean
POP_SIZES = (12, 4, 7, 5)
CLOSE = 1e-3
OFFSET = 1e4  # far above every fitness otherwise


@check("5.9", "The weights of the mean", points=0.75)
def test_weights(student: Student, rng: np.random.Generator) -> None:
    """The new mean is the weighted sum of the better half, with the tutorial's weights, in a small population too.

    Of an odd population the better half is rounded down. A constant that is added to each fitness changes nothing, and
    two that are equally fit share their two weights in whatever way. The arithmetic decides, not chance.
    """
    ends = _weighs(student, rng, POP_SIZES[0], (1, -1))  # which end is the better has a check of its own
    for pop_size in POP_SIZES[1:]:
        _weighs(student, rng, pop_size, ends)
    _weighs(student, rng, POP_SIZES[0], ends, OFFSET)
    _weighs(student, rng, POP_SIZES[0], ends, tied=2)


def _weighs(
    student: Student,
    rng: np.random.Generator,
    pop_size: int,
    ends: tuple[int, ...],
    offset: float = 0.0,
    tied: int = 1,
) -> tuple[int, ...]:
    """Tell a new CMAES once, and fail where the mean is not weighted as published.

    Args:
        student: the stage.
        rng: draws the mean, the seed and the fitness.
        pop_size: solutions a generation.
        ends: which ends may count as the better: 1 the fittest solution's, -1 the other.
        offset: is added to every fitness.
        tied: how many of the fittest are equally fit.

    Returns:
        The end that counts as the better, alone in a tuple.
    """
    optimiser = Optimiser(student, rng.standard_normal(N), 0.8, int(rng.integers(2**31)), pop_size)
    if pop_size != POP_SIZES[0] and not np.array_equal(student.get(optimiser.handle, "pop_size"), pop_size):
        return ends  # the size has a check of its own
    before = optimiser.state()
    steps = (optimiser.ask(pop_size) - before.mean) / before.sigma
    order = rng.permutation(pop_size)
    fitness = fitness_of(order, rng) + offset
    fitness[order[:tied]] = fitness[order[0]]
    optimiser.tell(fitness)
    moved = (optimiser.state().mean - before.mean) / before.sigma
    weights = np.linalg.lstsq(steps[order].T, moved, rcond=None)[0].astype(np.float64)  # the fittest solution's first
    half = pop_size // 2
    explained = np.linalg.norm(steps[order].T @ weights - moved) < 1e-6 * (1 + np.linalg.norm(moved))
    for known in weight_sets(pop_size):
        expected = np.pad(known, (0, pop_size - half))
        for end in ends:
            if explained and _alike(weights[::end], expected, tied if end == 1 else 1):
                return (end,)
    how = f" with the {tied} fittest equally fit" if tied > 1 else f" with every fitness near {OFFSET:g}" * bool(offset)
    fail(
        f"{optimiser.called}, ask(), then tell(…){how}",
        f"a mean that weighs the solutions, the fittest first, by {show(weights.round(3) + 0.0, pop_size)}"
        if explained
        else "a mean that is no weighted sum of the solutions",
        f"positive weights for the better {half} that fall with the rank and sum to 1, and 0 for the others",
        look="the tutorial's formula for the weights, what they are divided by, and which solutions get one",
        facts={"weights": tuple(round(float(weight), 2) + 0.0 for weight in weights) if explained else ()},
    )


def _alike(weights: Floats, expected: Floats, tied: int) -> bool:
    """Return whether weights are as expected, best first; the first ``tied`` share theirs in whatever way."""
    first = weights[:tied]
    shared = first.min() > expected[tied - 1] - CLOSE and first.max() < expected[0] + CLOSE
    sums = abs(first.sum() - expected[:tied].sum())
    return bool(shared and max(sums, np.abs(weights - expected)[tied:].max()) < CLOSE)
