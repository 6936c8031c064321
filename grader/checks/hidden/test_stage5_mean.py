"""Stage 5: the weights by which a tell moves the mean, read from its attributes before and after."""

import numpy as np

from grader.checks.optimiser import Optimiser
from grader.checks.rankings import fitness_of
from grader.checks.tutorial import weight_sets
from grader.kit.check import check
from grader.kit.describe import show
from grader.kit.message import fail
from grader.kit.student import Student

N, POP_SIZES = 16, (12, 4)  # more dimensions than solutions: each solution's weight can be read from the mean
CLOSE = 1e-3


@check("5.9", "The weights of the mean", points=0.75)
def test_weights(student: Student, rng: np.random.Generator) -> None:
    """The new mean is the weighted sum of the better half, with the tutorial's weights, in a small population too."""
    for pop_size in POP_SIZES:
        _weighs(student, rng, pop_size)


def _weighs(student: Student, rng: np.random.Generator, pop_size: int) -> None:
    optimiser = Optimiser(student, rng.standard_normal(N), 0.8, int(rng.integers(2**31)), pop_size)
    if pop_size != POP_SIZES[0] and not np.array_equal(student.get(optimiser.handle, "pop_size"), pop_size):
        return  # the size has a check of its own
    before = optimiser.state()
    steps = (optimiser.ask(pop_size) - before.mean) / before.sigma
    order = rng.permutation(pop_size)
    optimiser.tell(fitness_of(order, rng))
    moved = (optimiser.state().mean - before.mean) / before.sigma
    weights = np.linalg.lstsq(steps[order].T, moved, rcond=None)[0]  # the fittest solution's first
    half = pop_size // 2
    explained = np.linalg.norm(steps[order].T @ weights - moved) < 1e-6 * (1 + np.linalg.norm(moved))
    for known in weight_sets(pop_size):
        expected = np.pad(known, (0, pop_size - half))
        for way in (weights, weights[::-1]):  # which end is the better has a check of its own
            if explained and np.abs(way - expected).max() < CLOSE:
                return
    fail(
        f"{optimiser.called}, ask(), then tell(…)",
        f"a mean that weighs the solutions, the fittest first, by {show(weights.round(3) + 0.0, pop_size)}"
        if explained
        else "a mean that is no weighted sum of the solutions",
        f"positive weights for the better {half} that fall with the rank and sum to 1, and 0 for the others",
        look="the tutorial's formula for the weights, what they are divided by, and which solutions get one",
        facts={"weights": tuple(round(float(weight), 2) + 0.0 for weight in weights) if explained else ()},
    )
