"""What a tell made of the covariance, measured: how much of the old one, of the path and of each solution is in it.

After a tell the covariance is ``kept * C + sum of shares * outer(step, step)``. With enough dimensions these parts are
linearly independent, so least squares finds each share to the last digits, whatever the style of the code.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .optimiser import Optimiser, State
from .rankings import Order, fitness_of, mean_step, order_with
from .tutorial import chi, weight_sets

Floats = NDArray[np.float64]

N, POP_SIZE = 12, 36
UNEXPLAINED = 1e-6  # of the covariance's norm, what no parts account for


@dataclass(frozen=True)
class Parts:
    """The shares that make up a covariance.

    Attributes:
        kept: the factor of the covariance before the tell.
        path: of outer(step, step), step the mean's step in this tell.
        crossed: of outer(step, earlier) + outer(earlier, step), 0 after the first tell.
        shares: of each solution's outer(step, step), best first, (pop_size,).
        lengths: each solution's squared length in units of the old distribution over n, (pop_size,).
        form: "" where these parts make up the covariance; else "diagonal" or "other".
        even: whether the mean's step gave all solutions of the better half the same weight.
    """

    kept: float
    path: float
    crossed: float
    shares: Floats
    lengths: Floats
    form: str
    even: bool


@dataclass(frozen=True)
class Tell:
    """One ask and tell: the states around it, each solution's step (pop_size, n), the order, the mean's step (n,)."""

    before: State
    after: State
    steps: Floats
    order: Order
    moved: Floats


def tell_by_chance(optimiser: Optimiser, pop_size: int, path: float, rng: np.random.Generator) -> Tell:
    """Ask, and tell in a random order whose mean step is ``path`` times as long as chance has it on average."""
    before = optimiser.state()
    solutions = optimiser.ask(pop_size)
    steps = (solutions - before.mean) / before.sigma
    mass = 1 / np.sum(weight_sets(pop_size)[0] ** 2)
    wanted = path * chi(optimiser.n) / np.sqrt(mass)
    order = order_with(steps, lambda means: np.abs(np.linalg.norm(means, axis=1) - wanted), rng)
    return tell_order(optimiser, before, steps, order, rng)


def tell_order(optimiser: Optimiser, before: State, steps: Floats, order: Order, rng: np.random.Generator) -> Tell:
    """Tell the last ask's solutions, whose steps (pop_size, n) are given, in an order."""
    optimiser.tell(optimiser.sense * fitness_of(order, rng))
    after = optimiser.state()
    moved = (after.mean - before.mean) / before.sigma
    ends = [float(np.linalg.norm(moved - mean_step(steps, way))) for way in (order, order[::-1])]
    if ends[1] < 1e-6 < ends[0]:
        optimiser.sense = -optimiser.sense
    if np.linalg.norm(moved) < 1e-9:  # a mean that stands still has a check of its own
        moved = mean_step(steps, order)
    return Tell(before, after, steps, order, moved)


def measure(tell: Tell, earlier: Sequence[Floats] = ()) -> Parts:
    """Return the parts of the covariance after a tell.

    Args:
        tell: the tell.
        earlier: the mean's step in the tell before, if there was one.
    """
    n = tell.moved.size
    best_first = tell.steps[tell.order]
    columns = [tell.before.covariance, np.outer(tell.moved, tell.moved)]
    for step in earlier:
        columns += [np.outer(tell.moved, step) + np.outer(step, tell.moved), np.outer(step, step)]
    columns += [np.outer(step, step) for step in best_first]
    upper = np.triu_indices(n)
    design = np.stack([column[upper] for column in columns], axis=1)
    target = tell.after.covariance[upper]
    shares = np.linalg.lstsq(design, target, rcond=None)[0].astype(np.float64)
    left = np.linalg.norm(design @ shares - target) / np.linalg.norm(target)
    skew = np.abs(tell.after.covariance - tell.after.covariance.T).max() / np.linalg.norm(target)
    form = ""
    if max(left, skew) > UNEXPLAINED:
        form = "diagonal" if not (tell.after.covariance - np.diag(np.diag(tell.after.covariance))).any() else "other"
    solved = np.linalg.solve(tell.before.covariance, best_first.T).T
    return Parts(
        kept=float(shares[0]),
        path=float(shares[1]),
        crossed=float(shares[2]) if earlier else 0.0,
        shares=shares[2 + 2 * len(earlier) :],
        lengths=np.sum(solved * best_first, axis=1) / n,
        form=form,
        even=bool(np.allclose(tell.moved, best_first[: len(best_first) // 2].mean(axis=0))),
    )
