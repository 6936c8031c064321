"""A right update, with draws from numpy's global generator that is seeded once at the start."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean, self.sigma = np.array(mean, float), float(sigma)
        n = self.mean.size
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else pop_size
        self.covariance = np.eye(n)
        np.random.seed(seed)
        w = np.log((self.pop_size + 1) / 2) - np.log(np.arange(1, self.pop_size // 2 + 1))
        self.w, self.ps, self.pc, self.g = w / w.sum(), np.zeros(n), np.zeros(n), 0

    def ask(self):
        draws = np.random.randn(self.pop_size, self.mean.size)
        return self.mean + self.sigma * draws @ np.linalg.cholesky(self.covariance).T

    def tell(self, solutions, fitness):
        n, m = self.mean.size, 1 / np.sum(self.w**2)
        y = (solutions[np.argsort(-fitness)[: self.w.size]] - self.mean) / self.sigma
        step = self.w @ y
        cs, cc = (m + 2) / (n + m + 5), (4 + m / n) / (n + 4 + 2 * m / n)
        c1 = 2 / ((n + 1.3) ** 2 + m)
        cmu = min(1 - c1, 2 * (m - 2 + 1 / m) / ((n + 2) ** 2 + m))
        values, b = np.linalg.eigh(self.covariance)
        self.g += 1
        self.ps = (1 - cs) * self.ps + np.sqrt(cs * (2 - cs) * m) * (b / np.sqrt(values) @ b.T @ step)
        ratio = np.linalg.norm(self.ps) / (np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2)))
        h = ratio / np.sqrt(1 - (1 - cs) ** (2 * self.g)) < 1.4 + 2 / (n + 1)
        self.pc = (1 - cc) * self.pc + h * np.sqrt(cc * (2 - cc) * m) * step
        self.mean = self.mean + self.sigma * step
        self.covariance = (1 - c1 - cmu) * self.covariance + c1 * np.outer(self.pc, self.pc) + cmu * (y.T * self.w) @ y
        self.sigma *= float(np.exp(cs / (1 + 2 * max(0, np.sqrt((m - 1) / (n + 1)) - 1) + cs) * (ratio - 1)))
