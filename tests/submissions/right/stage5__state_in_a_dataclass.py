"""The state in a dataclass, covariance as a property of axes that are kept, generator seeded by a SeedSequence."""

from dataclasses import dataclass

import numpy as np


@dataclass
class State:
    mean: np.ndarray
    sigma: float
    factor: np.ndarray
    path_sigma: np.ndarray
    path_c: np.ndarray
    told: int = 0


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        mean = np.array(mean, dtype=float, copy=True).ravel()
        n = len(mean)
        self.pop_size = pop_size or 4 + int(3 * np.log(n))
        self._state = State(mean, float(sigma), np.eye(n), np.zeros(n), np.zeros(n))
        self._c = np.identity(n)
        self._random = np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(seed)))
        ranks = np.arange(1, self.pop_size // 2 + 1)
        raw = np.log((self.pop_size + 1) / 2) - np.log(ranks)
        self._w = raw / raw.sum()

    mean = property(lambda self: self._state.mean.copy())
    sigma = property(lambda self: float(self._state.sigma))
    covariance = property(lambda self: self._c.copy())

    def ask(self):
        s = self._state
        return np.array(
            [s.mean + s.sigma * (s.factor @ self._random.normal(size=s.mean.size)) for _ in range(self.pop_size)]
        )

    def tell(self, solutions, fitness):
        s, w = self._state, self._w
        n, mueff = s.mean.size, 1 / (w @ w)
        cs, cc = (mueff + 2) / (n + mueff + 5), (4 + mueff / n) / (n + 4 + 2 * mueff / n)
        c1 = 2 / ((n + 1.3) ** 2 + mueff)
        cmu = min(1 - c1, 2 * (mueff - 2 + 1 / mueff) / ((n + 2) ** 2 + mueff))
        damp = 1 + 2 * max(0, np.sqrt((mueff - 1) / (n + 1)) - 1) + cs
        chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
        ranked = [
            row for _, row in sorted(zip(fitness, solutions, strict=False), key=lambda pair: pair[0], reverse=True)
        ][: w.size]
        y = (np.stack(ranked) - s.mean) / s.sigma
        move = np.einsum("k,kn->n", w, y)
        s.told += 1
        u, d, _vt = np.linalg.svd(self._c)
        s.path_sigma = (1 - cs) * s.path_sigma + np.sqrt(cs * (2 - cs) * mueff) * (u * d**-0.5) @ u.T @ move
        norm = np.sqrt(s.path_sigma @ s.path_sigma)
        h = float(norm / np.sqrt(1 - (1 - cs) ** (2 * s.told)) / chi < 1.4 + 2 / (n + 1))
        s.path_c = (1 - cc) * s.path_c + h * np.sqrt(cc * (2 - cc) * mueff) * move
        old = self._c
        self._c = (1 - c1 - cmu) * old + c1 * (np.outer(s.path_c, s.path_c) + (1 - h) * cc * (2 - cc) * old)
        self._c += cmu * np.einsum("k,ki,kj->ij", w, y, y)
        self._c = np.triu(self._c) + np.triu(self._c, 1).T
        s.mean = s.mean + s.sigma * move
        s.sigma *= np.exp((cs / damp) * (norm / chi - 1))
        s.factor = np.linalg.cholesky(self._c)
