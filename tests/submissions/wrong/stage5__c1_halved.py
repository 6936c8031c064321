"""The learning rate of the rank-one update is half as large."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.array(mean, dtype=float)
        self.sigma = float(sigma)
        n = self.n = self.mean.size
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else int(pop_size)
        self.rng = np.random.default_rng(seed)
        self.mu = self.pop_size // 2
        w = np.log((self.pop_size + 1) / 2) - np.log(np.arange(1, self.mu + 1))
        self.w = w / w.sum()
        self.mueff = 1 / np.sum(self.w**2)
        self.cs = (self.mueff + 2) / (n + self.mueff + 5)
        self.ds = 1 + 2 * max(0, np.sqrt((self.mueff - 1) / (n + 1)) - 1) + self.cs
        self.cc = (4 + self.mueff / n) / (n + 4 + 2 * self.mueff / n)
        self.c1 = 1 / ((n + 1.3) ** 2 + self.mueff)
        self.cmu = min(1 - self.c1, 2 * (self.mueff - 2 + 1 / self.mueff) / ((n + 2) ** 2 + self.mueff))
        self.chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
        self.pc = np.zeros(n)
        self.ps = np.zeros(n)
        self.covariance = np.eye(n)
        self.g = 0

    def _axes(self):
        values, vectors = np.linalg.eigh(self.covariance)
        return vectors, np.sqrt(np.maximum(values, 1e-300))

    def ask(self):
        B, D = self._axes()
        z = self.rng.standard_normal((self.pop_size, self.n))
        return self.mean + self.sigma * (z * D) @ B.T

    def tell(self, solutions, fitness):
        x = np.array(solutions, dtype=float)
        order = np.argsort(-np.asarray(fitness, dtype=float), kind="stable")
        y = (x[order[: self.mu]] - self.mean) / self.sigma
        yw = self.w @ y
        B, D = self._axes()
        self.g += 1
        self.mean = self.mean + self.sigma * yw
        white = B @ ((B.T @ yw) / D)
        self.ps = (1 - self.cs) * self.ps + np.sqrt(self.cs * (2 - self.cs) * self.mueff) * white
        norm = np.linalg.norm(self.ps)
        h = float(norm / np.sqrt(1 - (1 - self.cs) ** (2 * self.g)) < (1.4 + 2 / (self.n + 1)) * self.chi)
        self.pc = (1 - self.cc) * self.pc + h * np.sqrt(self.cc * (2 - self.cc) * self.mueff) * yw
        rank_mu = (y.T * self.w) @ y
        C = self.covariance
        C = (1 - self.c1 - self.cmu + (1 - h) * self.c1 * self.cc * (2 - self.cc)) * C
        C = C + self.c1 * np.outer(self.pc, self.pc) + self.cmu * rank_mu
        self.covariance = (C + C.T) / 2
        self.sigma = self.sigma * float(np.exp((self.cs / self.ds) * (norm / self.chi - 1)))
