"""The constants of the (mu/mu_w, lambda)-CMA-ES as its author has published them over the years.

Hansen's tutorial of 2005, its versions of 2016 and 2023 (arXiv:1604.00772), his own short programs and the papers
before them differ a little. What a check expects spans all of them, so that whoever follows one is right.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Constants:
    """One published set: learning rates, damping and the weights (mu,) of the better half, best first."""

    weights: Floats
    c_sigma: float
    d_sigma: float
    c_c: float
    c_1: float
    c_mu: float

    @property
    def mu_eff(self) -> float:
        """The variance effective selection mass."""
        return float(1.0 / np.sum(self.weights**2))

    @property
    def rank_one(self) -> float:
        """The factor of ``outer(step, step)`` in the covariance after the first tell."""
        return self.c_1 * self.c_c * (2 - self.c_c) * self.mu_eff

    def path_length(self, step: Floats) -> float:
        """Return the length of the evolution path after a first whitened step, 1.0 where chance alone leads."""
        n = step.size
        return float(np.sqrt(self.c_sigma * (2 - self.c_sigma) * self.mu_eff) * np.linalg.norm(step) / chi(n))

    def log_sigma(self, path_length: float, n: int) -> tuple[float, float]:
        """Return log(new sigma / old sigma) for a path that long: the tutorial's rule, and that of the squares."""
        rate = self.c_sigma / self.d_sigma
        squares = (path_length * chi(n)) ** 2 / n
        return rate * (path_length - 1), min(1.0, rate * (squares - 1) / 2)


def chi(n: int) -> float:
    """Return the mean length of a standard-normal vector, to the tutorial's precision."""
    return float(np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2)))


def default_pop_size(n: int) -> int:
    """Return 4 + int(3 * log(n))."""
    return 4 + int(3 * np.log(n))


@cache
def weight_sets(pop_size: int) -> tuple[Floats, ...]:
    """Return the published weights (mu,), best first: each is ``log(top) - log(rank)``, made to sum to one."""
    mu = pop_size // 2
    raw = [np.log(top) - np.log(np.arange(1, mu + 1)) for top in ((pop_size + 1) / 2, mu + 0.5, mu + 1)]
    return tuple(weights / weights.sum() for weights in raw)


@cache
def published(n: int, pop_size: int, own: tuple[float, ...] = ()) -> tuple[Constants, ...]:
    """Return every published combination, the tutorial's of today first; with weights of one's own, theirs too."""
    found = []
    for weights in (*weight_sets(pop_size), *([np.array(own)] if own else [])):
        mass = float(1.0 / np.sum(weights**2))
        spread = max(0.0, float(np.sqrt((mass - 1) / (n + 1))) - 1)
        step_rates = [(mass + 2) / (n + mass + 5), (mass + 2) / (n + mass + 3), 4 / (n + 4)]
        dampings = [1 + 2 * spread, 0.3 + 2 * mass / pop_size]
        path_rates = [(4 + mass / n) / (n + 4 + 2 * mass / n), 4 / (n + 4)]
        for c_sigma, damping, c_c, (c_1, c_mu) in product(step_rates, dampings, path_rates, _rates(n, mass)):
            found.append(Constants(weights, c_sigma, damping + c_sigma, c_c, c_1, c_mu))
    return tuple(found)


def _rates(n: int, mass: float) -> list[tuple[float, float]]:
    """Return the published pairs of c_1 and c_mu."""
    c_1 = 2 / ((n + 1.3) ** 2 + mass)
    later = [min(1 - c_1, 2 * (mass - 2 + 1 / mass + more) / ((n + 2) ** 2 + mass)) for more in (0.0, 0.25)]
    both = 2 / ((n + np.sqrt(2)) ** 2 * mass) + (1 - 1 / mass) * min(1.0, (2 * mass - 1) / ((n + 2) ** 2 + mass))
    return [*((c_1, c_mu) for c_mu in later), (both / mass, both * (1 - 1 / mass))]
