"""Exponential natural evolution strategy: a full covariance that adapts, by another algorithm."""

import numpy as np


def expm(a):
    values, vectors = np.linalg.eigh(a)
    return (vectors * np.exp(values)) @ vectors.T


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean, self.sigma = np.array(mean, float), float(sigma)
        n = self.mean.size
        self.pop_size = 4 + int(3 * np.log(n)) if pop_size is None else pop_size
        self.b = np.eye(n)
        self.rng = np.random.default_rng(seed)
        u = np.maximum(0, np.log(self.pop_size / 2 + 1) - np.log(np.arange(1, self.pop_size + 1)))
        self.utilities = u / u.sum() - 1 / self.pop_size

    @property
    def covariance(self):
        return self.b @ self.b.T

    def ask(self):
        self.z = self.rng.standard_normal((self.pop_size, self.mean.size))
        return self.mean + self.sigma * self.z @ self.b.T

    def tell(self, solutions, fitness):
        n = self.mean.size
        z = self.z[np.argsort(fitness)[::-1]]
        rate = (9 + 3 * np.log(n)) / (5 * n * np.sqrt(n))
        gradient = np.einsum("i,ij,ik->jk", self.utilities, z, z) - self.utilities.sum() * np.eye(n)
        size = np.trace(gradient) / n
        self.mean = self.mean + self.sigma * self.b @ (self.utilities @ z)
        self.sigma *= float(np.exp(rate / 2 * size))
        self.b = self.b @ expm(rate / 2 * (gradient - size * np.eye(n)))
