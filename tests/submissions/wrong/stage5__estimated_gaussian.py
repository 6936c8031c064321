"""The mean and the covariance of the better half, estimated anew each generation: no paths, no learning rates."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean, self.sigma = np.array(mean, float), float(sigma)
        self.pop_size = pop_size or 4 + int(3 * np.log(self.mean.size))
        self.covariance = np.eye(self.mean.size)
        self.rng = np.random.default_rng(seed)

    def ask(self):
        return self.rng.multivariate_normal(self.mean, self.sigma**2 * self.covariance, size=self.pop_size)

    def tell(self, solutions, fitness):
        best = solutions[np.argsort(fitness)[-(self.pop_size // 2) :]]
        steps = (best - self.mean) / self.sigma
        self.mean = best.mean(axis=0)
        self.covariance = steps.T @ steps / len(best) + 1e-12 * np.eye(self.mean.size)
