"""An evolution strategy that follows a gradient estimated with standardised fitness: fixed sigma, no covariance."""

import numpy as np


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean, self.sigma = np.array(mean, float), float(sigma)
        self.pop_size = 4 + int(3 * np.log(self.mean.size)) if pop_size is None else pop_size
        self.covariance = np.eye(self.mean.size)
        self.rng = np.random.default_rng(seed)

    def ask(self):
        return self.mean + self.sigma * self.rng.standard_normal((self.pop_size, self.mean.size))

    def tell(self, solutions, fitness):
        noise = (solutions - self.mean) / self.sigma
        advantage = (fitness - np.mean(fitness)) / (np.std(fitness) + 1e-12)
        self.mean = self.mean + self.sigma * advantage @ noise / self.pop_size
