"""CMA-ES that remembers its own draws from ask to tell, and splits a generation over private methods."""

import numpy as np


class _Recombination:
    def __init__(self, offspring):
        parents = offspring // 2
        ranks = np.arange(1, parents + 1)
        weights = np.log(parents + 0.5) - np.log(ranks)
        self.weights = weights / np.linalg.norm(weights, ord=1)
        self.mass = 1 / np.linalg.norm(self.weights) ** 2

    def __call__(self, rows):
        return np.average(rows, axis=0, weights=self.weights)


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.mean = np.asarray(mean, dtype=np.float64) + 0.0
        self.sigma = sigma
        self.pop_size = (4 + int(3 * np.log(len(self.mean)))) if pop_size is None else pop_size
        self.covariance = np.eye(len(self.mean))
        self._recombine = _Recombination(self.pop_size)
        self._step_path = np.zeros_like(self.mean)
        self._shape_path = np.zeros_like(self.mean)
        self._bit_generator = np.random.MT19937(seed)
        self._random = np.random.Generator(self._bit_generator)
        self._asked = None
        self._generation = 0
        self._decompose()

    def _decompose(self):
        squares, self._basis = np.linalg.eigh(0.5 * (self.covariance + self.covariance.T))
        self._scale = np.sqrt(squares.clip(min=1e-300))

    def ask(self):
        z = self._random.multivariate_normal(np.zeros(len(self.mean)), np.eye(len(self.mean)), size=self.pop_size)
        y = z * self._scale @ self._basis.T
        self._asked = z @ self._basis.T, y
        return self.mean + self.sigma * y

    def tell(self, solutions, fitness):
        del solutions  # the rows of the last ask, in order: their draws are still here
        z, y = (draws[np.lexsort((np.arange(len(fitness)), -np.asarray(fitness)))] for draws in self._asked)
        elite = y[: len(self._recombine.weights)]
        self._generation += 1
        self._move(self._recombine(z[: len(elite)]), self._recombine(elite))
        self._reshape(elite)
        self._rescale()
        self._decompose()

    def _move(self, white, step):
        n, mass = len(step), self._recombine.mass
        self.mean = self.mean + self.sigma * step
        c = (mass + 2) / (n + mass + 5)
        self._step_path = (1 - c) * self._step_path + np.sqrt(c * (2 - c) * mass) * white
        chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
        self._ratio = np.linalg.norm(self._step_path) / chi
        self._stalled = self._ratio / np.sqrt(1 - (1 - c) ** (2 * self._generation)) >= 1.4 + 2 / (n + 1)
        d = (4 + mass / n) / (n + 4 + 2 * mass / n)
        self._shape_path = (1 - d) * self._shape_path
        if not self._stalled:
            self._shape_path += np.sqrt(d * (2 - d) * mass) * step
        self._variance_lost = d * (2 - d) if self._stalled else 0.0

    def _reshape(self, elite):
        n, mass = len(self.mean), self._recombine.mass
        c_1 = 2 / ((n + 1.3) ** 2 + mass)
        c_mu = min(1 - c_1, 2 * (mass - 2 + 1 / mass) / ((n + 2) ** 2 + mass))
        weighted = elite * self._recombine.weights[:, np.newaxis]
        self.covariance = (1 - c_1 * (1 - self._variance_lost) - c_mu) * self.covariance
        self.covariance += c_1 * np.multiply.outer(self._shape_path, self._shape_path)
        self.covariance += c_mu * np.tensordot(weighted, elite, axes=(0, 0))

    def _rescale(self):
        n, mass = len(self.mean), self._recombine.mass
        c = (mass + 2) / (n + mass + 5)
        d = 1 + 2 * max(0.0, float(np.sqrt((mass - 1) / (n + 1))) - 1) + c
        self.sigma = self.sigma * np.exp(c / d * (self._ratio - 1)).item()
