"""Active CMA-ES of the tutorial of 2016: negative weights for the worse half."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.array(mean, dtype=np.float64)
        n = self.n = self.mean.shape[0]
        self.sigma = float(sigma)
        self.pop_size = lam = int(pop_size) if pop_size is not None else 4 + int(3 * np.log(n))
        self.rng = np.random.default_rng(seed)
        mu = lam // 2
        w = np.log((lam + 1) / 2) - np.log(np.arange(1, lam + 1))
        pos, neg = w[:mu], w[mu:]
        self.mueff = pos.sum() ** 2 / (pos**2).sum()
        mueff_neg = neg.sum() ** 2 / (neg**2).sum()
        self.cc = (4 + self.mueff / n) / (n + 4 + 2 * self.mueff / n)
        self.cs = (self.mueff + 2) / (n + self.mueff + 5)
        self.c1 = 2 / ((n + 1.3) ** 2 + self.mueff)
        self.cmu = min(1 - self.c1, 2 * (0.25 + self.mueff + 1 / self.mueff - 2) / ((n + 2) ** 2 + self.mueff))
        scale = min(
            1 + self.c1 / self.cmu, 1 + 2 * mueff_neg / (mueff_neg + 2), (1 - self.c1 - self.cmu) / (n * self.cmu)
        )
        self.w = np.concatenate([pos / pos.sum(), neg * scale / abs(neg.sum())])
        self.mu = mu
        self.ds = 1 + 2 * max(0, np.sqrt((self.mueff - 1) / (n + 1)) - 1) + self.cs
        self.chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
        self.covariance = np.eye(n)
        self.ps, self.pc, self.g = np.zeros(n), np.zeros(n), 0

    def _root(self):
        d, b = np.linalg.eigh(self.covariance)
        d = np.sqrt(np.maximum(d, 1e-20))
        return (b * d) @ b.T, (b / d) @ b.T

    def ask(self):
        return self.mean + self.sigma * self.rng.standard_normal((self.pop_size, self.n)) @ self._root()[0]

    def tell(self, solutions, fitness):
        order = np.argsort(fitness)[::-1]
        y = (np.asarray(solutions)[order] - self.mean) / self.sigma
        step = self.w[: self.mu] @ y[: self.mu]
        _, inverse = self._root()
        self.g += 1
        self.ps = (1 - self.cs) * self.ps + np.sqrt(self.cs * (2 - self.cs) * self.mueff) * inverse @ step
        length = np.linalg.norm(self.ps)
        h = length / np.sqrt(1 - (1 - self.cs) ** (2 * self.g)) < (1.4 + 2 / (self.n + 1)) * self.chi
        self.pc = (1 - self.cc) * self.pc + h * np.sqrt(self.cc * (2 - self.cc) * self.mueff) * step
        white = np.sum((y @ inverse) ** 2, axis=1)
        w = np.where(self.w >= 0, self.w, self.w * self.n / np.maximum(white, 1e-20))
        self.mean = self.mean + self.sigma * step
        keep = 1 + self.c1 * (1 - h) * self.cc * (2 - self.cc) - self.c1 - self.cmu * self.w.sum()
        self.covariance = keep * self.covariance + self.c1 * np.outer(self.pc, self.pc) + self.cmu * (y.T * w) @ y
        self.sigma = float(self.sigma * np.exp(self.cs / self.ds * (length / self.chi - 1)))
