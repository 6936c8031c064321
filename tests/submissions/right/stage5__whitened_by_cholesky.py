"""CMA-ES with one factor for everything: a Cholesky factor draws the solutions and whitens the step."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        n = len(mean)
        if pop_size is None:
            pop_size = int(4 + np.floor(3 * np.log(n)))
        self.mean, self.sigma, self.pop_size = 1.0 * np.asarray(mean), 1.0 * sigma, pop_size
        self.covariance, self._factor = np.eye(n), np.eye(n)
        self._rng = np.random.Generator(np.random.SFC64(seed))
        self._path_sigma, self._path, self._time = np.zeros(n), np.zeros(n), 0
        logs = np.log(pop_size / 2 + 0.5) - np.log1p(np.arange(pop_size // 2))
        self._weights = logs / np.sum(logs)
        self._mass = 1.0 / np.dot(self._weights, self._weights)

    def ask(self):
        self._z = self._rng.normal(size=(self.pop_size, len(self.mean)))
        return self.mean + self.sigma * self._z @ self._factor.T

    def tell(self, solutions, fitness):
        n, mass, w = len(self.mean), self._mass, self._weights
        best = np.argsort(fitness)[: -len(w) - 1 : -1]
        steps = (np.asarray(solutions)[best] - self.mean) / self.sigma
        white = w @ self._z[best]
        step = w @ steps
        self._time += 1
        rate = (mass + 2) / (n + mass + 5)
        damping = 1 + 2 * max(0, np.sqrt((mass - 1) / (n + 1)) - 1) + rate
        path_rate = (4 + mass / n) / (n + 4 + 2 * mass / n)
        one = 2 / ((n + 1.3) ** 2 + mass)
        many = min(1 - one, 2 * (mass - 2 + 1 / mass) / ((n + 2) ** 2 + mass))
        self._path_sigma = (1 - rate) * self._path_sigma + np.sqrt(rate * (2 - rate) * mass) * white
        usual = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
        length = np.linalg.norm(self._path_sigma) / usual
        on = length < (1.4 + 2 / (n + 1)) * np.sqrt(1 - (1 - rate) ** (2 * self._time))
        self._path = (1 - path_rate) * self._path + on * np.sqrt(path_rate * (2 - path_rate) * mass) * step
        self.mean = self.mean + self.sigma * step
        self.covariance = (
            (1 - one - many + (not on) * one * path_rate * (2 - path_rate)) * self.covariance
            + one * self._path[:, None] * self._path[None, :]
            + many * steps.T @ np.diag(w) @ steps
        )
        self.sigma = self.sigma * np.exp(rate / damping * (length - 1))
        self._factor = np.linalg.cholesky(self.covariance)
