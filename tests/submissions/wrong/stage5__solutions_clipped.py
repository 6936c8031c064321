"""Solutions are held between -100 and 100."""

import numpy as np


class CMAES:
    """The (mu/mu_w, lambda)-CMA-ES of Hansen's tutorial (arXiv:1604.00772).

    Attributes:
        mean: where the next solutions are drawn around, (n,).
        sigma: the step size, a float.
        covariance: C, (n, n); solutions are drawn from N(mean, sigma**2 * C).
        pop_size: how many solutions ask returns.

    Example:
        >>> es = CMAES(mean=np.ones(3), sigma=0.5, seed=0)
        >>> for _ in range(100):
        ...     solutions = es.ask()
        ...     es.tell(solutions, [-np.sum(x**2) for x in solutions])
        >>> bool(np.abs(es.mean).max() < 1e-6)
        True

    Note:
        Here a higher fitness is better; the tutorial minimises.
    """

    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        """Start at mean (n,) with step size sigma and covariance I.

        Args:
            mean: the first mean, (n,) with n at least 2; it is not changed.
            sigma: the first step size.
            pop_size: how many solutions a generation has; None means 4 + int(3 * log(n)).
            seed: the same seed gives the same draws.
        """
        ### BEGIN SOLUTION
        self.mean = np.array(mean, dtype=np.float64)
        self.sigma = float(sigma)
        n = self.mean.size
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else int(pop_size)
        self.covariance = np.eye(n)
        self._rng = np.random.default_rng(seed)
        mu = self.pop_size // 2
        weights = np.log((self.pop_size + 1) / 2) - np.log(np.arange(1, mu + 1))
        self._weights = weights / weights.sum()
        self._mu_eff = 1 / np.sum(self._weights**2)
        self._c_sigma = (self._mu_eff + 2) / (n + self._mu_eff + 5)
        self._d_sigma = 1 + 2 * max(0.0, np.sqrt((self._mu_eff - 1) / (n + 1)) - 1) + self._c_sigma
        self._c_c = (4 + self._mu_eff / n) / (n + 4 + 2 * self._mu_eff / n)
        self._c_1 = 2 / ((n + 1.3) ** 2 + self._mu_eff)
        self._c_mu = min(
            1 - self._c_1,
            2 * (self._mu_eff - 2 + 1 / self._mu_eff) / ((n + 2) ** 2 + self._mu_eff),
        )
        self._chi_n = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
        self._p_sigma = np.zeros(n)
        self._p_c = np.zeros(n)
        self._generation = 0
        ### END SOLUTION

    def ask(self):
        """Return pop_size new solutions, (pop_size, n), drawn from N(mean, sigma**2 * C)."""
        ### BEGIN SOLUTION
        axes, lengths = self._axes()
        z = self._rng.standard_normal((self.pop_size, self.mean.size))
        return np.clip(self.mean + self.sigma * (z * lengths) @ axes.T, -100, 100)
        ### END SOLUTION

    def tell(self, solutions, fitness):
        """Move mean, step size and covariance towards the fittest.

        Args:
            solutions: what the last ask returned, (pop_size, n); it is not changed.
            fitness: their fitness, (pop_size,), higher is better.
        """
        ### BEGIN SOLUTION
        n = self.mean.size
        axes, lengths = self._axes()
        order = np.argsort(-np.asarray(fitness, dtype=np.float64))[: self._weights.size]
        steps = (np.asarray(solutions, dtype=np.float64)[order] - self.mean) / self.sigma
        step = self._weights @ steps
        self.mean = self.mean + self.sigma * step
        self._generation += 1
        whitened = axes @ ((axes.T @ step) / lengths)
        self._p_sigma = (1 - self._c_sigma) * self._p_sigma + np.sqrt(
            self._c_sigma * (2 - self._c_sigma) * self._mu_eff
        ) * whitened
        length = np.linalg.norm(self._p_sigma)
        unstalled = (
            length / np.sqrt(1 - (1 - self._c_sigma) ** (2 * self._generation)) < (1.4 + 2 / (n + 1)) * self._chi_n
        )
        self._p_c = (1 - self._c_c) * self._p_c + unstalled * np.sqrt(self._c_c * (2 - self._c_c) * self._mu_eff) * step
        rank_one = np.outer(self._p_c, self._p_c)
        rank_mu = (self._weights[:, None] * steps).T @ steps
        lost = (1 - unstalled) * self._c_c * (2 - self._c_c)
        self.covariance = (
            (1 + self._c_1 * lost - self._c_1 - self._c_mu) * self.covariance
            + self._c_1 * rank_one
            + self._c_mu * rank_mu
        )
        self.sigma = float(self.sigma * np.exp((self._c_sigma / self._d_sigma) * (length / self._chi_n - 1)))
        ### END SOLUTION

    def _axes(self):
        """Return the axes (n, n), one a column, and lengths (n,) of the covariance's ellipsoid.

        A helper for ask and tell: eigenvectors and the roots of the eigenvalues.
        You may do without it.
        """
        ### BEGIN SOLUTION
        self.covariance = (self.covariance + self.covariance.T) / 2
        squares, axes = np.linalg.eigh(self.covariance)
        return axes, np.sqrt(np.maximum(squares, 1e-30))
        ### END SOLUTION
