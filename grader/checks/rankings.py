"""Fitness that the checks of stage 5 give: not a function's, but an order chosen for the step that it leads to."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .tutorial import weight_sets

Floats = NDArray[np.float64]
Order = NDArray[np.intp]

TRIES = 400


def fitness_of(order: Order, rng: np.random.Generator) -> Floats:
    """Return fitness (pop_size,) in which order[0] is the fittest; values of both signs, unevenly spread."""
    fitness = np.empty(order.size)
    fitness[order] = np.sort(3 * rng.standard_normal(order.size))[::-1]
    return fitness


def mean_step(steps: Floats, order: Order) -> Floats:
    """Return the weighted mean (n,) of the better half of steps (pop_size, n) in an order (pop_size,), best first."""
    weights = weight_sets(len(steps))[0]
    mean: Floats = weights @ steps[order[: weights.size]]
    return mean


def order_with(
    steps: Floats,
    misses: Callable[[Floats], Floats],
    rng: np.random.Generator,
    tries: int = TRIES,
    also: Sequence[Floats] = (),
) -> Order:
    """Return, of many random orders of steps (pop_size, n), the one whose mean step misses least.

    Args:
        steps: how far each solution lies from the mean, in units of sigma.
        misses: how far each of many mean steps (tries, n) is from what is wanted, (tries,).
        rng: draws the orders.
        tries: how many.
        also: other weights (mu,) by which the mean step should miss little, too.
    """
    orders = rng.permuted(np.tile(np.arange(len(steps)), (tries, 1)), axis=1)
    missed = np.zeros(tries)
    for weights in (weight_sets(len(steps))[0], *also):
        missed += misses(np.einsum("k,tkn->tn", weights, steps[orders[:, : weights.size]]))
    best: Order = orders[int(np.argmin(missed))]
    return best
