"""CMA-ES: a search distribution whose covariance adapts.

Numbers in brackets are equations of N. Hansen, "The CMA Evolution Strategy: A Tutorial" (arXiv:1604.00772, 2023).
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class CMAES:
    """The (mu/mu_w, lambda)-CMA-ES that maximises: the unfit half weighs on the covariance too, negatively.

    Attributes:
        mean: (n,), where the next solutions are drawn around.
        sigma: the step size.
        covariance: (n, n), so that solutions come from N(mean, sigma**2 * covariance).
        pop_size: lambda, the number of solutions a generation.
    """

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
        self._ellipsoid: tuple[Floats, Floats] | None = (np.eye(n), np.ones(n))
        self.pop_size = 4 + int(3 * math.log(n)) if pop_size is None else int(pop_size)
        self._rng = np.random.default_rng(seed)
        self._generation = 0
        self._path_sigma: Floats = np.zeros(n)
        self._path_c: Floats = np.zeros(n)

        raw = math.log((self.pop_size + 1) / 2) - np.log(np.arange(1, self.pop_size + 1))  # [49]
        m, m_minus = _mu_eff(raw[raw > 0]), _mu_eff(raw[raw < 0])
        self._mu_eff = m
        self._c_sigma = (m + 2) / (n + m + 5)  # [55]
        self._d_sigma = 1 + 2 * max(0.0, math.sqrt((m - 1) / (n + 1)) - 1) + self._c_sigma  # [55]
        self._c_c = (4 + m / n) / (n + 4 + 2 * m / n)  # [56]
        self._c_1 = 2 / ((n + 1.3) ** 2 + m)  # [57]
        self._c_mu = min(1 - self._c_1, 2 * (1 / 4 + m + 1 / m - 2) / ((n + 2) ** 2 + m))  # [58]
        pull = min(  # how much the unfit weigh together
            1 + self._c_1 / self._c_mu,  # [50]
            1 + 2 * m_minus / (m + 2),  # [51]
            (1 - self._c_1 - self._c_mu) / (n * self._c_mu),  # [52]
        )
        self._weights: Floats = np.where(raw > 0, raw / raw[raw > 0].sum(), pull * raw / -raw[raw < 0].sum())  # [53]
        self._expected_length = math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))  # E|N(0, I)|, below [44]

    def ask(self) -> Floats:
        """Return new solutions (pop_size, n)."""
        z = self._rng.standard_normal((self.pop_size, self.mean.size))  # [38]
        axes, lengths = self._axes_and_lengths()
        y = (z * lengths) @ axes.T  # [39]
        return np.asarray(self.mean + self.sigma * y)  # [40]

    def tell(self, solutions: ArrayLike, fitness: ArrayLike) -> None:
        """Adapt to the solutions (pop_size, n) of the last ``ask`` and their fitness (pop_size,), higher is better."""
        ranking = np.argsort(-np.asarray(fitness, dtype=np.float64), kind="stable")
        y = (np.asarray(solutions, dtype=np.float64)[ranking] - self.mean) / self.sigma
        step = np.maximum(self._weights, 0.0) @ y  # [41]
        axes, lengths = self._axes_and_lengths()
        self._generation += 1
        self.mean = self.mean + self.sigma * step  # [42], c_m = 1 [54]
        self._adapt_sigma(axes @ ((axes.T @ step) / lengths))  # C**(-1/2) @ step
        self._adapt_covariance(y, step, np.sum(((y @ axes) / lengths) ** 2, axis=1))

    def _adapt_sigma(self, whitened: Floats) -> None:
        """Lengthen the step size when steps agree with each other, shorten it when they cancel out."""
        c = self._c_sigma
        self._path_sigma = (1 - c) * self._path_sigma + math.sqrt(c * (2 - c) * self._mu_eff) * whitened  # [43]
        growth = c / self._d_sigma * (np.linalg.norm(self._path_sigma) / self._expected_length - 1)
        self.sigma *= math.exp(min(1.0, float(growth)))  # [44], a jump at most e wide

    def _adapt_covariance(self, y: Floats, step: Floats, squared_lengths: Floats) -> None:
        """Stretch the covariance along the path (rank one) and the fittest, shrink it along the unfit (rank mu).

        Args:
            y: (pop_size, n), the steps, the fittest first.
            step: (n,), the mean's own.
            squared_lengths: (pop_size,), of the steps y after whitening.
        """
        moving = self._is_moving()
        c = self._c_c
        self._path_c = (1 - c) * self._path_c
        if moving:
            self._path_c = self._path_c + math.sqrt(c * (2 - c) * self._mu_eff) * step  # [45]
        lost = 0.0 if moving else c * (2 - c)  # [47], delta(h_sigma)
        rank_one = np.outer(self._path_c, self._path_c)
        n = self.mean.size
        weights = np.where(
            self._weights >= 0, self._weights, self._weights * n / np.maximum(squared_lengths, 1e-300)
        )  # [46]
        rank_mu = (y.T * weights) @ y
        kept = 1 + self._c_1 * lost - self._c_1 - self._c_mu * self._weights.sum()
        covariance = kept * self.covariance + self._c_1 * rank_one + self._c_mu * rank_mu  # [47]
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
        unbiased = math.sqrt(1 - (1 - self._c_sigma) ** (2 * self._generation))
        limit = (1.4 + 2 / (self.mean.size + 1)) * self._expected_length
        return bool(np.linalg.norm(self._path_sigma) / unbiased < limit)


def _mu_eff(weights: Floats) -> float:
    """Return the number of equal weights that would average as well as these [8]."""
    return float(weights.sum() ** 2 / np.sum(weights**2))
