"""CMA-ES with the symmetric square root of the covariance, from a singular value decomposition."""

import math

import numpy as np


def roots(c):
    u, s, _ = np.linalg.svd(c, hermitian=True)
    return (u * np.sqrt(s)) @ u.T, (u / np.sqrt(s)) @ u.T


def chi_mean(n):
    return math.sqrt(2) * math.exp(math.lgamma((n + 1) / 2) - math.lgamma(n / 2))


class CMAES:
    __slots__ = (
        "_count",
        "_mueff",
        "_pc",
        "_ps",
        "_rates",
        "_rng",
        "_w",
        "covariance",
        "mean",
        "pop_size",
        "sigma",
    )  # fmt: skip

    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.array(mean, dtype=np.float64)
        (n,) = self.mean.shape
        self.sigma = float(sigma)
        self.pop_size = 4 + math.floor(3 * math.log(n)) if pop_size is None else pop_size
        self.covariance = np.diag(np.ones(n))
        self._rng = np.random.default_rng(np.random.SeedSequence(seed))
        mu = math.floor(self.pop_size / 2)
        w = [math.log((self.pop_size + 1) / 2) - math.log(i) for i in range(1, mu + 1)]
        self._w = np.array([each / math.fsum(w) for each in w])
        self._mueff = 1 / math.fsum(each**2 for each in self._w)
        self._ps = self._pc = np.zeros(n)
        self._count = 0
        c1 = 2 / ((n + 1.3) ** 2 + self._mueff)
        self._rates = {
            "sigma": (self._mueff + 2) / (n + self._mueff + 5),
            "c": (4 + self._mueff / n) / (n + 4 + 2 * self._mueff / n),
            "one": c1,
            "mu": min(1 - c1, 2 * (self._mueff - 2 + 1 / self._mueff) / ((n + 2) ** 2 + self._mueff)),
        }

    def ask(self):
        root, _ = roots(self.covariance)
        return np.stack(
            [self.mean + self.sigma * (root @ self._rng.normal(size=root.shape[0])) for _ in range(self.pop_size)]
        )

    def tell(self, solutions, fitness):
        r, n = self._rates, self.mean.size
        pairs = sorted(enumerate(fitness), key=lambda pair: pair[1])
        chosen = np.array([solutions[k] for k, _ in reversed(pairs[len(pairs) - self._w.size :])])
        _, inverse = roots(self.covariance)
        old = self.mean
        self.mean = self._w @ chosen
        y = (self.mean - old) / self.sigma
        self._ps = (1 - r["sigma"]) * self._ps + math.sqrt(r["sigma"] * (2 - r["sigma"]) * self._mueff) * inverse @ y
        self._count += 1
        ratio = float(np.linalg.norm(self._ps)) / chi_mean(n)
        h = int(ratio < (1.4 + 2 / (n + 1)) * math.sqrt(1 - (1 - r["sigma"]) ** (2 * (self._count + 1))))
        self._pc = (1 - r["c"]) * self._pc + h * math.sqrt(r["c"] * (2 - r["c"]) * self._mueff) * y
        new = np.zeros((n, n))
        for weight, x in zip(self._w, chosen, strict=True):
            new += weight * np.outer(x - old, x - old) / self.sigma**2
        kept = 1 - r["one"] - r["mu"] + (1 - h) * r["one"] * r["c"] * (2 - r["c"])
        self.covariance = kept * self.covariance + r["one"] * np.outer(self._pc, self._pc) + r["mu"] * new
        damping = 1 + 2 * max(0, math.sqrt((self._mueff - 1) / (n + 1)) - 1) + r["sigma"]
        self.sigma *= math.exp(r["sigma"] / damping * (ratio - 1))
