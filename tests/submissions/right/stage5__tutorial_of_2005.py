"""CMA-ES with the constants of the tutorial's first version: one learning rate, shared by mu_cov."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.array(mean, float)
        self.sigma = sigma
        n = self.mean.shape[0]
        self.pop_size = pop_size or 4 + int(3 * np.log(n))
        self.covariance = np.identity(n)
        self.generator = np.random.Generator(np.random.Philox(seed))
        self.mu = self.pop_size // 2
        w = np.log(self.mu + 1) - np.log(np.arange(1, self.mu + 1))
        self.w = w / w.sum()
        self.mueff = 1 / (self.w**2).sum()
        self.mucov = self.mueff
        self.cs = (self.mueff + 2) / (n + self.mueff + 3)
        self.ds = 1 + 2 * max(0, ((self.mueff - 1) / (n + 1)) ** 0.5 - 1) + self.cs
        self.cc = 4 / (n + 4)
        self.ccov = 1 / self.mucov * 2 / (n + 2**0.5) ** 2 + (1 - 1 / self.mucov) * min(
            1, (2 * self.mucov - 1) / ((n + 2) ** 2 + self.mucov)
        )
        self.ps, self.pc = np.zeros(n), np.zeros(n)
        self.chi = n**0.5 * (1 - 1 / (4 * n) + 1 / (21 * n * n))
        self.B, self.D = np.eye(n), np.ones(n)
        self.g = 0

    def ask(self):
        rows = []
        for _ in range(self.pop_size):
            z = self.generator.normal(size=self.mean.size)
            rows.append(self.mean + self.sigma * self.B @ (self.D * z))
        return np.vstack(rows)

    def tell(self, solutions, fitness):
        n = self.mean.size
        best = sorted(range(len(fitness)), key=lambda k: fitness[k], reverse=True)[: self.mu]
        y = [(solutions[k] - self.mean) / self.sigma for k in best]
        yw = sum(w * each for w, each in zip(self.w, y, strict=True))
        self.mean = self.mean + self.sigma * yw
        self.g += 1
        root = self.B @ np.diag(1 / self.D) @ self.B.T
        self.ps = (1 - self.cs) * self.ps + (self.cs * (2 - self.cs) * self.mueff) ** 0.5 * root @ yw
        length = np.sqrt(self.ps @ self.ps)
        limit = (1.5 + 1 / (n - 0.5)) * self.chi
        h = 1.0 if length / np.sqrt(1 - (1 - self.cs) ** (2 * self.g)) < limit else 0.0
        self.pc = (1 - self.cc) * self.pc + h * (self.cc * (2 - self.cc) * self.mueff) ** 0.5 * yw
        C = self.covariance
        self.covariance = (
            (1 - self.ccov) * C
            + self.ccov / self.mucov * (np.outer(self.pc, self.pc) + (1 - h) * self.cc * (2 - self.cc) * C)
            + self.ccov * (1 - 1 / self.mucov) * sum(w * np.outer(a, a) for w, a in zip(self.w, y, strict=True))
        )
        self.sigma *= float(np.exp(self.cs / self.ds * (length / self.chi - 1)))
        squares, self.B = np.linalg.eigh((self.covariance + self.covariance.T) / 2)
        self.D = np.sqrt(squares)
