"""The work is in a base class; the optional helper _axes is left as it was given."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean, self.sigma = np.array(mean, float), float(sigma)
        self.covariance = np.asmatrix(np.eye(len(self.mean)))
        self.pop_size = 4 + int(3 * np.log(len(self.mean))) if pop_size is None else pop_size
        self.rng = np.random.default_rng(seed)
        self.pc, self.ps, self.t = np.zeros(len(self.mean)), np.zeros(len(self.mean)), 0

    def ask(self):
        factor = np.linalg.cholesky(self.covariance).A
        return self.mean + self.sigma * self.rng.standard_normal((self.pop_size, self.mean.size)) @ factor.T

    def tell(self, solutions, fitness):
        n, lam = self.mean.size, self.pop_size
        mu = lam // 2
        w = np.log(mu + 0.5) - np.log(1 + np.arange(mu))
        w /= w.sum()
        mueff = 1 / (w @ w)
        cc, cs = (4 + mueff / n) / (n + 4 + 2 * mueff / n), (mueff + 2) / (n + mueff + 5)
        c1 = 2 / ((n + 1.3) ** 2 + mueff)
        cmu = min(1 - c1, 2 * (mueff - 2 + 1 / mueff) / ((n + 2) ** 2 + mueff))
        ds = 1 + 2 * max(0, np.sqrt((mueff - 1) / (n + 1)) - 1) + cs
        chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))

        top = np.argsort(np.negative(fitness))[:mu]
        y = (solutions[top] - self.mean) / self.sigma
        yw = w @ y
        d, b = np.linalg.eigh(np.asarray(self.covariance))
        self.t += 1
        self.ps = (1 - cs) * self.ps + (cs * (2 - cs) * mueff) ** 0.5 * b @ (b.T @ yw / d**0.5)
        h = np.linalg.norm(self.ps) < (1.4 + 2 / (n + 1)) * chi * (1 - (1 - cs) ** (2 * self.t)) ** 0.5
        self.pc = (1 - cc) * self.pc + h * (cc * (2 - cc) * mueff) ** 0.5 * yw
        self.mean = self.mean + self.sigma * yw
        self.covariance = (
            (1 - c1 * (1 - (1 - h) * cc * (2 - cc)) - cmu) * self.covariance
            + c1 * np.outer(self.pc, self.pc)
            + cmu * (y.T * w) @ y
        )
        self.sigma *= np.exp(cs / ds * (np.linalg.norm(self.ps) / chi - 1))
