"""Whether a search does late what it did in its first tell: move the mean, change sigma, draw by its covariance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.kit.message import fail

from .gaussian import whitened
from .optimiser import State
from .tutorial import weight_sets

Floats = NDArray[np.float64]

CLOSE = 0.02  # of the mean's step
USUAL = (0.6, 1.6)  # between these lies the mean square of 1,000 normal numbers, even of a covariance a little old


@dataclass(frozen=True)
class Watched:
    """One ask and tell: its number from 0, the states around it, solutions (pop_size, n), fitness (pop_size,)."""

    number: int
    before: State
    after: State
    solutions: Floats
    fitness: Floats

    @property
    def weighted(self) -> bool:
        """Whether the mean moved by published weights."""
        steps = (self.solutions - self.before.mean)[np.argsort(-self.fitness)]
        moved = self.after.mean - self.before.mean
        expected = [weights @ steps[: weights.size] for weights in weight_sets(len(steps))]
        return any(bool(np.linalg.norm(moved - one) <= CLOSE * np.linalg.norm(one)) for one in expected)

    @property
    def changed(self) -> bool:
        """Whether sigma changed at all."""
        return self.after.sigma != self.before.sigma

    @property
    def mean_square(self) -> float:
        """The mean square of the normal numbers that the solutions were made of."""
        return float(
            np.mean(whitened(self.solutions, self.before.mean, self.before.sigma, self.before.covariance) ** 2)
        )


def require_as_at_first(called: str, first: Watched, late: Sequence[Watched]) -> None:
    """Fail where late tells go wrong in what the first one did right.

    Right ones never do: the mean's step is arithmetic, sigma's factor is never exactly 1, and 1,000 normal numbers
    have a mean square outside USUAL with a probability below 1e-17 (bounds.variance).
    """
    place = next((one.number for one in late if not one.weighted), None)
    if first.weighted and place is not None:
        fail(
            f"{called}, and looked at tell number {place + 1}",
            "a mean that is not the weighted sum of the better half, which in the first tell it was",
            "the same rule in every tell",
            look="what in tell depends on how often it was called",
        )
    stuck = next((one for one in late if not one.changed), None)
    if first.changed and stuck is not None:
        fail(
            f"{called}, and looked at tell number {stuck.number + 1}",
            f"a sigma of {stuck.before.sigma:.4g} before it and after it",
            "a sigma that changes in every tell, however small or large it is",
            look="what holds sigma between two limits",
        )
    spread = float(np.mean([one.mean_square for one in late])) if late else 1.0
    if len(late) >= 10 and 0.3 < first.mean_square < 3.0 and not USUAL[0] < spread < USUAL[1]:
        fail(
            f"{called}, and looked at {len(late)} late calls of ask",
            f"solutions that spread {np.sqrt(spread):.2g} times as far as sigma and covariance say",
            "draws from N(mean, sigma**2 * covariance) in every ask",
            look="what in ask depends on how often it was called, or holds its numbers between two limits",
        )
