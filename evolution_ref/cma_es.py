"""CMA-ES: a search distribution whose covariance adapts.

Numbers in brackets are equations of N. Hansen, "The CMA Evolution Strategy: A Tutorial" (arXiv:1604.00772, 2023).
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """What the tutorial sets for n numbers and pop_size solutions (its table 1).

    Attributes:
        weights: (pop_size,), of the solutions from the fittest on; those of the unfit half are negative.
        recombination: (pop_size,), the weights that move the mean.
        mu_eff: how many solutions of equal weight would move the mean as well.
        c_sigma: how fast the path of the step size forgets.
        d_sigma: how much the step size is damped.
        c_c: how fast the path of the covariance forgets.
        c_1: how much the covariance learns from its path.
        c_mu: how much it learns from the solutions.
        expected_length: the mean length of a vector of n standard-normal numbers.
    """

    weights: Floats
    recombination: Floats
    mu_eff: float
    c_sigma: float
    d_sigma: float
    c_c: float
    c_1: float
    c_mu: float
    expected_length: float


@lru_cache
def _rates(n: int, pop_size: int) -> Rates:
    """Return the rates, computed once for each size."""
    raw = math.log((pop_size + 1) / 2) - np.log(np.arange(1, pop_size + 1))  # [49]
    fit, unfit = raw[raw > 0], raw[raw < 0]
    m, m_minus = _mu_eff(fit), _mu_eff(unfit)
    c_sigma = (m + 2) / (n + m + 5)  # [55]
    d_sigma = 1 + 2 * max(0.0, math.sqrt((m - 1) / (n + 1)) - 1) + c_sigma  # [55]
    c_c = (4 + m / n) / (n + 4 + 2 * m / n)  # [56]
    c_1 = 2 / ((n + 1.3) ** 2 + m)  # [57]
    c_mu = min(1 - c_1, 2 * (1 / 4 + m + 1 / m - 2) / ((n + 2) ** 2 + m))  # [58]
    pull = min(  # how much the unfit weigh together
        1 + c_1 / c_mu,  # [50]
        1 + 2 * m_minus / (m + 2),  # [51]
        (1 - c_1 - c_mu) / (n * c_mu),  # [52]
    )
    weights: Floats = np.where(raw > 0, raw / fit.sum(), pull * raw / -unfit.sum())  # [53]
    expected_length = math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))  # E|N(0, I)|, below [44]
    return Rates(weights, np.maximum(weights, 0.0), m, c_sigma, d_sigma, c_c, c_1, c_mu, expected_length)


class CMAES:
    """The (mu/mu_w, lambda)-CMA-ES that maximises: the unfit half weighs on the covariance too, negatively.

    Attributes:
        mean: (n,), where the next solutions are drawn around.
        sigma: the step size.
        covariance: (n, n), so that solutions come from N(mean, sigma**2 * covariance).
        pop_size: lambda, the number of solutions a generation.
    """

    _ellipsoid: tuple[Floats, Floats] | None

    def __init__(
        self,
        mean: ArrayLike,
        sigma: float = 1.0,
        pop_size: int | None = None,
        seed: int | np.random.Generator | None = None,
    ) -> None:
        """Start at ``mean`` (n,) with covariance I; pop_size None means ``4 + int(3 * log(n))`` [48]."""
        self.mean: Floats = np.array(mean, dtype=np.float64)
        self.sigma = float(sigma)
        n = self.mean.size
        self.covariance: Floats = np.eye(n)
        self._ellipsoid = self.covariance, np.ones(n)
        self.pop_size = 4 + int(3 * math.log(n)) if pop_size is None else int(pop_size)
        self._rates = _rates(n, self.pop_size)
        self._rng = np.random.default_rng(seed)
        self._generation = 0
        self._path_sigma: Floats = np.zeros(n)
        self._path_c: Floats = np.zeros(n)

    def ask(self) -> Floats:
        """Return new solutions (pop_size, n)."""
        z = self._rng.standard_normal((self.pop_size, self.mean.size))  # [38]
        if self._generation > 0:
            axes, lengths = self._axes_and_lengths()
            z = (z * lengths) @ axes.T  # [39]; at first B D = I
        z *= self.sigma
        z += self.mean  # [40]
        return z

    def tell(self, solutions: ArrayLike, fitness: ArrayLike) -> None:
        """Adapt to the solutions (pop_size, n) of the last ``ask`` and their fitness (pop_size,), higher is better."""
        ranking = np.argsort(-np.asarray(fitness, dtype=np.float64), kind="stable")
        y = (np.asarray(solutions, dtype=np.float64)[ranking] - self.mean) / self.sigma
        step = self._rates.recombination @ y  # [41]
        axes, lengths = self._axes_and_lengths()
        self._generation += 1
        self.mean = self.mean + self.sigma * step  # [42], c_m = 1 [54]
        self._adapt_sigma(axes @ ((axes.T @ step) / lengths))  # C**(-1/2) @ step
        self._adapt_covariance(y, step, np.sum(((y @ axes) / lengths) ** 2, axis=1))

    def _adapt_sigma(self, whitened: Floats) -> None:
        """Lengthen the step size when steps agree with each other, shorten it when they cancel out."""
        rates, c = self._rates, self._rates.c_sigma
        self._path_sigma = (1 - c) * self._path_sigma + math.sqrt(c * (2 - c) * rates.mu_eff) * whitened  # [43]
        growth = c / rates.d_sigma * (np.linalg.norm(self._path_sigma) / rates.expected_length - 1)
        self.sigma *= math.exp(min(1.0, float(growth)))  # [44], a jump at most e wide

    def _adapt_covariance(self, y: Floats, step: Floats, squared_lengths: Floats) -> None:
        """Stretch the covariance along the path (rank one) and the fittest, shrink it along the unfit (rank mu).

        Args:
            y: (pop_size, n), the steps, the fittest first.
            step: (n,), the mean's own.
            squared_lengths: (pop_size,), of the steps y after whitening.
        """
        rates, c = self._rates, self._rates.c_c
        moving = self._is_moving()
        self._path_c = (1 - c) * self._path_c
        if moving:
            self._path_c = self._path_c + math.sqrt(c * (2 - c) * rates.mu_eff) * step  # [45]
        lost = 0.0 if moving else c * (2 - c)  # [47], delta(h_sigma)
        rank_one = np.outer(self._path_c, self._path_c)
        whitened = rates.weights * self.mean.size / np.maximum(squared_lengths, 1e-300)
        weights = np.where(rates.weights >= 0, rates.weights, whitened)  # [46]
        rank_mu = (y.T * weights) @ y
        kept = 1 + rates.c_1 * lost - rates.c_1 - rates.c_mu * rates.weights.sum()
        covariance = kept * self.covariance + rates.c_1 * rank_one + rates.c_mu * rank_mu  # [47]
        self.covariance = (covariance + covariance.T) / 2
        self._ellipsoid = None

    def _axes_and_lengths(self) -> tuple[Floats, Floats]:
        """Return B (n, n), an axis a column, and D's diagonal (n,), with ``C = B D**2 B^T``; made when needed."""
        if self._ellipsoid is None:
            squares, axes = np.linalg.eigh(self.covariance)
            self._ellipsoid = axes, np.sqrt(np.maximum(squares, 1e-20 * max(squares[-1], 1e-300)))
        return self._ellipsoid

    def _is_moving(self) -> bool:
        """Return h_sigma: False while the path of the step size is so long that sigma has yet to catch up."""
        unbiased = math.sqrt(1 - (1 - self._rates.c_sigma) ** (2 * self._generation))
        limit = (1.4 + 2 / (self.mean.size + 1)) * self._rates.expected_length
        return bool(np.linalg.norm(self._path_sigma) / unbiased < limit)


def _mu_eff(weights: Floats) -> float:
    """Return the number of equal weights that would average as well as these [8]."""
    return float(weights.sum() ** 2 / np.sum(weights**2))
