"""CMA-ES that works in place throughout, on arrays of its own."""

import numpy as np


class CMAES:
    """Every array is made once and then written into."""

    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.empty(len(mean))
        self.mean[:] = mean
        n = self.mean.size
        self.sigma = np.float64(sigma)
        self.pop_size = np.int64(4 + np.floor(3 * np.log(n)) if pop_size is None else pop_size)
        self.covariance = np.identity(n)
        self._rng = np.random.default_rng(seed)
        self._ps, self._pc = np.zeros((2, n))
        self._solutions = np.empty((self.pop_size, n))
        self._told = 0

    def ask(self):
        squares, axes = np.linalg.eigh(self.covariance)
        self._rng.standard_normal(out=self._solutions)
        self._solutions *= np.sqrt(squares)
        self._solutions @= axes.T
        self._solutions *= self.sigma
        self._solutions += self.mean
        return self._solutions

    def tell(self, solutions, fitness):
        lam, n = solutions.shape
        w = np.log((lam + 1) / 2) - np.log(np.arange(1, lam // 2 + 1))
        w /= w.sum()
        m = 1 / np.sum(np.square(w))
        cs = (m + 2) / (n + m + 5)
        ds = 1 + 2 * max(0, np.sqrt((m - 1) / (n + 1)) - 1) + cs
        cc = (4 + m / n) / (n + 4 + 2 * m / n)
        c1 = 2 / ((n + 1.3) ** 2 + m)
        cmu = min(1 - c1, 2 * (0.25 + m - 2 + 1 / m) / ((n + 2) ** 2 + m))
        top = np.argpartition(fitness, -len(w))[-len(w) :]
        top = top[np.argsort(fitness[top])[::-1]]
        y = solutions[top]
        y -= self.mean
        y /= self.sigma
        yw = w @ y
        squares, axes = np.linalg.eigh(self.covariance)
        self._ps *= 1 - cs
        self._ps += np.sqrt(cs * (2 - cs) * m) * (axes @ (axes.T @ yw / np.sqrt(squares)))
        self._told += 1
        length = np.linalg.norm(self._ps)
        chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
        h = bool(length / np.sqrt(1 - (1 - cs) ** (2 * self._told)) < (1.4 + 2 / (n + 1)) * chi)
        self._pc *= 1 - cc
        if h:
            self._pc += np.sqrt(cc * (2 - cc) * m) * yw
        self.mean += self.sigma * yw
        self.covariance *= 1 - c1 - cmu + (not h) * c1 * cc * (2 - cc)
        self.covariance += c1 * np.outer(self._pc, self._pc)
        for weight, each in zip(w, y, strict=True):
            self.covariance += cmu * weight * np.outer(each, each)
        self.sigma *= np.exp(cs / ds * (length / chi - 1))
