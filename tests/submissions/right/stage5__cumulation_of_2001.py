"""CMA-ES with the step-size cumulation of the earliest papers: rate 4 / (n + 4), damping 1 / rate + 1."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.rng = np.random.default_rng(seed)
        self.mean = np.array(mean, float)
        self.n = n = self.mean.size
        self.sigma = sigma
        self.pop_size = lam = 4 + int(3 * np.log(n)) if pop_size is None else pop_size
        self.covariance = np.eye(n)
        w = np.log((lam + 1) / 2) - np.log(np.arange(1, lam // 2 + 1))
        self.w = w / w.sum()
        self.mueff = 1 / np.sum(self.w**2)
        self.c_s = 4 / (n + 4)
        self.damp = 1 / self.c_s + 1
        self.c_c = 4 / (n + 4)
        self.c_1 = 2 / ((n + 1.3) ** 2 + self.mueff)
        self.c_mu = min(1 - self.c_1, 2 * (self.mueff - 2 + 1 / self.mueff) / ((n + 2) ** 2 + self.mueff))
        self.s = self.p = np.zeros(n)
        self.expected = n**0.5 * (1 - 1 / (4 * n) + 1 / (21 * n * n))

    def _eigen(self):
        values, vectors = np.linalg.eigh(self.covariance)
        return vectors, values**0.5

    def ask(self):
        b, d = self._eigen()
        return np.array(
            [self.mean + self.sigma * b @ (d * self.rng.standard_normal(self.n)) for _ in range(self.pop_size)]
        )

    def tell(self, solutions, fitness):
        b, d = self._eigen()
        index = np.flip(np.argsort(fitness))[: len(self.w)]
        y = (np.take(solutions, index, axis=0) - self.mean) / self.sigma
        yw = self.w.dot(y)
        self.mean = self.mean + self.sigma * yw
        self.s = (1 - self.c_s) * self.s + np.sqrt(self.c_s * (2 - self.c_s) * self.mueff) * b.dot(b.T.dot(yw) / d)
        self.p = (1 - self.c_c) * self.p + np.sqrt(self.c_c * (2 - self.c_c) * self.mueff) * yw
        z = y.T.dot(np.diag(self.w)).dot(y)
        c = (1 - self.c_1 - self.c_mu) * self.covariance + self.c_1 * np.outer(self.p, self.p) + self.c_mu * z
        self.covariance = (c + c.T) / 2
        self.sigma = self.sigma * np.exp((np.linalg.norm(self.s) / self.expected - 1) / self.damp)
