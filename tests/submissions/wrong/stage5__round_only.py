"""An evolution strategy whose step size adapts and whose covariance stays the identity."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean, self.sigma = np.array(mean, float), float(sigma)
        n = self.mean.size
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else pop_size
        self.covariance = np.eye(n)
        self.rng = np.random.default_rng(seed)
        w = np.log((self.pop_size + 1) / 2) - np.log(np.arange(1, self.pop_size // 2 + 1))
        self.w, self.path = w / w.sum(), np.zeros(n)

    def ask(self):
        return self.mean + self.sigma * self.rng.standard_normal((self.pop_size, self.mean.size))

    def tell(self, solutions, fitness):
        n, m = self.mean.size, 1 / np.sum(self.w**2)
        step = self.w @ (solutions[np.argsort(fitness)[::-1][: self.w.size]] - self.mean) / self.sigma
        c = (m + 2) / (n + m + 5)
        self.mean = self.mean + self.sigma * step
        self.path = (1 - c) * self.path + np.sqrt(c * (2 - c) * m) * step
        damping = 1 + 2 * max(0, np.sqrt((m - 1) / (n + 1)) - 1) + c
        self.sigma *= np.exp(c / damping * (np.linalg.norm(self.path) / np.sqrt(n) - 1))
