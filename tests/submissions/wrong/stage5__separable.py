"""sep-CMA-ES: fast, well known, and only ever a diagonal covariance."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.array(mean, float)
        n = self.mean.size
        self.sigma = float(sigma)
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else pop_size
        self.variances = np.ones(n)
        self.rng = np.random.default_rng(seed)
        w = np.log((self.pop_size + 1) / 2) - np.log(np.arange(1, self.pop_size // 2 + 1))
        self.w = w / w.sum()
        m = self.m = 1 / np.sum(self.w**2)
        self.cs = (m + 2) / (n + m + 5)
        self.ds = 1 + 2 * max(0, np.sqrt((m - 1) / (n + 1)) - 1) + self.cs
        self.cc = (4 + m / n) / (n + 4 + 2 * m / n)
        self.c1 = 2 / ((n + 1.3) ** 2 + m) * (n + 2) / 3
        self.cmu = min(1 - self.c1, 2 * (m - 2 + 1 / m) / ((n + 2) ** 2 + m) * (n + 2) / 3)
        self.chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
        self.ps = np.zeros(n)
        self.pc = np.zeros(n)

    @property
    def covariance(self):
        return np.diag(self.variances)

    def ask(self):
        z = self.rng.standard_normal((self.pop_size, self.mean.size))
        return self.mean + self.sigma * np.sqrt(self.variances) * z

    def tell(self, solutions, fitness):
        y = (solutions[np.argsort(-np.asarray(fitness))[: self.w.size]] - self.mean) / self.sigma
        step = self.w @ y
        self.mean = self.mean + self.sigma * step
        self.ps = (1 - self.cs) * self.ps + np.sqrt(self.cs * (2 - self.cs) * self.m) * step / np.sqrt(self.variances)
        self.pc = (1 - self.cc) * self.pc + np.sqrt(self.cc * (2 - self.cc) * self.m) * step
        self.variances = (1 - self.c1 - self.cmu) * self.variances + self.c1 * self.pc**2 + self.cmu * self.w @ y**2
        self.sigma *= float(np.exp(self.cs / self.ds * (np.linalg.norm(self.ps) / self.chi - 1)))
