"""After a hundred tells the draws are cut off at half a standard deviation."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
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

    def ask(self):
        axes, lengths = self._axes()
        z = self._rng.standard_normal((self.pop_size, self.mean.size))
        if self._generation > 100:
            z = np.clip(z, -0.5, 0.5)
        return self.mean + self.sigma * (z * lengths) @ axes.T

    def tell(self, solutions, fitness):
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

    def _axes(self):
        self.covariance = (self.covariance + self.covariance.T) / 2
        squares, axes = np.linalg.eigh(self.covariance)
        return axes, np.sqrt(np.maximum(squares, 1e-30))
