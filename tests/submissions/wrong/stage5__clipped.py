"""'ask() draws from N(mean, sigma**2 * C)': rows are clipped to two sigma around the mean."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.array(mean, dtype=float)
        self.sigma = float(sigma)
        n = self.mean.size
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else int(pop_size)
        self.covariance = np.eye(n)
        self.rng = np.random.default_rng(seed)
        mu = self.pop_size // 2
        w = np.log((self.pop_size + 1) / 2) - np.log(np.arange(1, mu + 1))
        self.w = w / w.sum()
        self.mueff = 1 / np.sum(self.w**2)
        self.cs = (self.mueff + 2) / (n + self.mueff + 5)
        self.ds = 1 + 2 * max(0, np.sqrt((self.mueff - 1) / (n + 1)) - 1) + self.cs
        self.cc = (4 + self.mueff / n) / (n + 4 + 2 * self.mueff / n)
        self.c1 = 2 / ((n + 1.3) ** 2 + self.mueff)
        self.cmu = min(1 - self.c1, 2 * (self.mueff - 2 + 1 / self.mueff) / ((n + 2) ** 2 + self.mueff))
        self.chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
        self.ps, self.pc, self.g = np.zeros(n), np.zeros(n), 0

    def ask(self):
        d2, self.B = np.linalg.eigh(self.covariance)
        self.D = np.sqrt(np.maximum(d2, 1e-300))
        z = np.clip(self.rng.standard_normal((self.pop_size, self.mean.size)), -2, 2)
        return self.mean + self.sigma * (z * self.D) @ self.B.T

    def tell(self, solutions, fitness):
        n, cs, cc, c1, cmu = self.mean.size, self.cs, self.cc, self.c1, self.cmu
        self.g += 1
        order = np.argsort(-np.asarray(fitness, dtype=float))[: len(self.w)]
        y = (np.asarray(solutions, dtype=float)[order] - self.mean) / self.sigma
        yw = self.w @ y
        self.mean = self.mean + self.sigma * yw
        self.ps = (1 - cs) * self.ps + np.sqrt(cs * (2 - cs) * self.mueff) * (self.B @ (self.B.T @ yw / self.D))
        norm = np.linalg.norm(self.ps)
        h = norm / np.sqrt(1 - (1 - cs) ** (2 * self.g)) < (1.4 + 2 / (n + 1)) * self.chi
        self.pc = (1 - cc) * self.pc + h * np.sqrt(cc * (2 - cc) * self.mueff) * yw
        rank_one = np.outer(self.pc, self.pc) + (not h) * cc * (2 - cc) * self.covariance
        rank_mu = (y.T * self.w) @ y
        C = (1 - c1 - cmu) * self.covariance + c1 * rank_one + cmu * rank_mu
        self.covariance = (C + C.T) / 2
        self.sigma = float(self.sigma * np.exp(cs / self.ds * (norm / self.chi - 1)))
