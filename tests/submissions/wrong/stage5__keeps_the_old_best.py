"""After a tell the first solution that ask returns is the fittest of the last ones, not a draw."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.array(mean, dtype=float)
        self.sigma = float(sigma)
        n = self.n = len(self.mean)
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else int(pop_size)
        self.rng = np.random.default_rng(seed)
        self.mu = self.pop_size // 2
        weights = np.log((self.pop_size + 1) / 2) - np.log(np.arange(1, self.mu + 1))
        self.weights = weights / weights.sum()
        self.mueff = 1 / np.sum(self.weights**2)
        mueff = self.mueff
        self.cs = (mueff + 2) / (n + mueff + 5)
        self.ds = 1 + 2 * max(0, np.sqrt((mueff - 1) / (n + 1)) - 1) + self.cs
        self.cc = (4 + mueff / n) / (n + 4 + 2 * mueff / n)
        self.c1 = 2 / ((n + 1.3) ** 2 + mueff)
        self.cmu = min(1 - self.c1, 2 * (mueff - 2 + 1 / mueff) / ((n + 2) ** 2 + mueff))
        self.chi_n = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
        self.ps = np.zeros(n)
        self.pc = np.zeros(n)
        self.covariance = np.eye(n)
        self.generation = 0

    def ask(self):
        axes, lengths = self._axes()
        z = self.rng.standard_normal((self.pop_size, self.n))
        solutions = self.mean + self.sigma * (z * lengths) @ axes.T
        if self.generation > 0:
            solutions[0] = self.best
        return solutions

    def tell(self, solutions, fitness):
        self.generation += 1
        order = np.argsort(-np.asarray(fitness, dtype=float), kind="stable")
        best = np.asarray(solutions, dtype=float)[order[: self.mu]]
        self.best = best[0].copy()
        steps = (best - self.mean) / self.sigma
        step = self.weights @ steps
        self.mean = self.mean + self.sigma * step
        axes, lengths = self._axes()
        whitened = axes @ ((axes.T @ step) / lengths)
        self.ps = (1 - self.cs) * self.ps + np.sqrt(self.cs * (2 - self.cs) * self.mueff) * whitened
        norm = np.linalg.norm(self.ps)
        hsig = norm / np.sqrt(1 - (1 - self.cs) ** (2 * self.generation)) < (1.4 + 2 / (self.n + 1)) * self.chi_n
        self.pc = (1 - self.cc) * self.pc + hsig * np.sqrt(self.cc * (2 - self.cc) * self.mueff) * step
        rank_one = np.outer(self.pc, self.pc) + (1 - hsig) * self.cc * (2 - self.cc) * self.covariance
        rank_mu = steps.T @ (self.weights[:, None] * steps)
        self.covariance = (1 - self.c1 - self.cmu) * self.covariance + self.c1 * rank_one + self.cmu * rank_mu
        self.sigma = float(self.sigma * np.exp(self.cs / self.ds * (norm / self.chi_n - 1)))

    def _axes(self):
        values, axes = np.linalg.eigh((self.covariance + self.covariance.T) / 2)
        return axes, np.sqrt(np.maximum(values, 1e-300))
