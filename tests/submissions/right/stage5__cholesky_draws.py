"""CMA-ES that draws with a Cholesky factor and takes the inverse square root only where the tutorial needs it."""

import numpy as np


class CMAES:
    """State in a few attributes, constants in a dict."""

    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.array(mean, dtype=float, copy=True)
        self.sigma = float(sigma)
        self.pop_size = self._default_size(self.mean.size) if pop_size is None else int(pop_size)
        self.covariance = np.eye(self.mean.size)
        self.rng = np.random.default_rng(seed)
        self.k = self._constants(self.mean.size, self.pop_size)
        self.paths = {"sigma": np.zeros_like(self.mean), "c": np.zeros_like(self.mean)}
        self.told = 0

    @staticmethod
    def _default_size(n):
        return 4 + int(3 * np.log(n))

    @staticmethod
    def _constants(n, lam):
        w = np.log((lam + 1) / 2) - np.log(np.arange(1, lam // 2 + 1))
        w /= w.sum()
        m = 1 / (w @ w)
        cs = (m + 2) / (n + m + 5)
        c1 = 2 / ((n + 1.3) ** 2 + m)
        return {
            "w": w,
            "m": m,
            "cs": cs,
            "ds": 1 + cs + 2 * max(0.0, np.sqrt((m - 1) / (n + 1)) - 1),
            "cc": (4 + m / n) / (n + 4 + 2 * m / n),
            "c1": c1,
            "cmu": min(1 - c1, 2 * (m - 2 + 1 / m) / ((n + 2) ** 2 + m)),
            "chi": np.sqrt(n) * (1 - 1 / 4 / n + 1 / 21 / n**2),
        }

    def ask(self):
        factor = np.linalg.cholesky(self.covariance)
        noise = self.rng.standard_normal((self.mean.size, self.pop_size))
        return (self.mean[:, np.newaxis] + self.sigma * factor @ noise).T.copy()

    def tell(self, solutions, fitness):
        k, n = self.k, self.mean.size
        ranks = np.argsort(np.argsort(-np.asarray(fitness)))
        weight = np.where(ranks < k["w"].size, np.append(k["w"], np.zeros(1))[np.minimum(ranks, k["w"].size)], 0.0)
        y = (solutions - self.mean) / self.sigma
        step = (weight[:, None] * y).sum(axis=0)
        values, vectors = np.linalg.eigh(self.covariance)
        inverse_root = (vectors / np.sqrt(values)) @ vectors.T
        self.told += 1
        p = (1 - k["cs"]) * self.paths["sigma"] + np.sqrt(k["cs"] * (2 - k["cs"]) * k["m"]) * (inverse_root @ step)
        size = np.linalg.norm(p)
        short = size**2 / n / (1 - (1 - k["cs"]) ** (2 * self.told)) < 2 + 4 / (n + 1)
        q = (1 - k["cc"]) * self.paths["c"]
        if short:
            q = q + np.sqrt(k["cc"] * (2 - k["cc"]) * k["m"]) * step
        new = k["c1"] * np.outer(q, q) + k["cmu"] * np.einsum("i,ij,ik->jk", weight, y, y)
        old = 1 - k["c1"] * (1 if short else 1 - k["cc"] * (2 - k["cc"])) - k["cmu"]
        self.covariance = old * self.covariance + new
        self.mean = self.mean + self.sigma * step
        self.sigma *= float(np.exp(k["cs"] / k["ds"] * (size / k["chi"] - 1)))
        self.paths = {"sigma": p, "c": q}
