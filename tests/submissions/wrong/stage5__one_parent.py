"""(1, lambda) with a rank-one update and the one-fifth rule: the shape is right, the algorithm another."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean, self.sigma = np.array(mean, float), float(sigma)
        n = self.mean.size
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else pop_size
        self.covariance = np.eye(n)
        self.rng = np.random.default_rng(seed)
        self.path, self.last = np.zeros(n), -np.inf

    def ask(self):
        root = np.linalg.cholesky(self.covariance)
        return self.mean + self.sigma * self.rng.standard_normal((self.pop_size, self.mean.size)) @ root.T

    def tell(self, solutions, fitness):
        n = self.mean.size
        best = int(np.argmax(fitness))
        step = (solutions[best] - self.mean) / self.sigma
        cc, c1 = 2 / (n + 2), 2 / (n**2 + 6)
        self.path = (1 - cc) * self.path + np.sqrt(cc * (2 - cc)) * step
        self.covariance = (1 - c1) * self.covariance + c1 * np.outer(self.path, self.path)
        self.mean = solutions[best].copy()
        better = np.mean(np.asarray(fitness) > self.last)
        self.sigma *= float(np.exp((better - 0.2) / (1 + n / 2)))
        self.last = max(fitness)
