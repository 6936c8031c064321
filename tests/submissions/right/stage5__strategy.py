"""CMA-ES as an evolutionary framework's Strategy: centroid, BD, params as keyword arguments."""

from math import log, sqrt

import numpy


class Strategy:
    def __init__(self, centroid, sigma, rng, **kargs):
        self.params = kargs
        self.rng = rng
        self.centroid = numpy.array(centroid, dtype=float)
        self.dim = len(self.centroid)
        self.sigma = sigma
        self.pc = numpy.zeros(self.dim)
        self.ps = numpy.zeros(self.dim)
        self.chiN = sqrt(self.dim) * (1 - 1.0 / (4.0 * self.dim) + 1.0 / (21.0 * self.dim**2))
        self.C = self.params.get("cmatrix", numpy.identity(self.dim))
        self.diagD, self.B = numpy.linalg.eigh(self.C)
        self.diagD = self.diagD**0.5
        self.BD = self.B * self.diagD
        self.lambda_ = int(self.params.get("lambda_", 4 + 3 * log(self.dim)))
        self.update_count = 0
        self.mu = self.params.get("mu", int(self.lambda_ / 2))
        self.weights = log(self.mu + 0.5) - numpy.log(numpy.arange(1, self.mu + 1))
        self.weights /= sum(self.weights)
        self.mueff = 1.0 / sum(self.weights**2)
        self.cc = self.params.get("ccum", 4.0 / (self.dim + 4.0))
        self.cs = self.params.get("cs", (self.mueff + 2.0) / (self.dim + self.mueff + 3.0))
        self.ccov1 = self.params.get("ccov1", 2.0 / ((self.dim + 1.3) ** 2 + self.mueff))
        ccovmu = 2.0 * (self.mueff - 2.0 + 1.0 / self.mueff) / ((self.dim + 2.0) ** 2 + self.mueff)
        self.ccovmu = min(1 - self.ccov1, self.params.get("ccovmu", ccovmu))
        self.damps = 1.0 + 2.0 * max(0, sqrt((self.mueff - 1.0) / (self.dim + 1.0)) - 1.0) + self.cs

    def generate(self):
        arz = self.rng.standard_normal((self.lambda_, self.dim))
        return self.centroid + self.sigma * numpy.dot(arz, self.BD.T)

    def update(self, population):
        population.sort(key=lambda ind: ind[0], reverse=True)
        chosen = numpy.array([ind[1] for ind in population[0 : self.mu]])
        old_centroid = self.centroid
        self.centroid = numpy.dot(self.weights, chosen)
        c_diff = self.centroid - old_centroid
        self.ps = (1 - self.cs) * self.ps + sqrt(self.cs * (2 - self.cs) * self.mueff) / self.sigma * numpy.dot(
            self.B, (1.0 / self.diagD) * numpy.dot(self.B.T, c_diff)
        )
        hsig = float(
            numpy.linalg.norm(self.ps) / sqrt(1.0 - (1.0 - self.cs) ** (2.0 * (self.update_count + 1.0))) / self.chiN
            < (1.4 + 2.0 / (self.dim + 1.0))
        )
        self.update_count += 1
        self.pc = (1 - self.cc) * self.pc + hsig * sqrt(self.cc * (2 - self.cc) * self.mueff) / self.sigma * c_diff
        artmp = chosen - old_centroid
        self.C = (
            (1 - self.ccov1 - self.ccovmu + (1 - hsig) * self.ccov1 * self.cc * (2 - self.cc)) * self.C
            + self.ccov1 * numpy.outer(self.pc, self.pc)
            + self.ccovmu * numpy.dot((self.weights * artmp.T), artmp) / self.sigma**2
        )
        self.sigma *= numpy.exp((numpy.linalg.norm(self.ps) / self.chiN - 1.0) * self.cs / self.damps)
        self.diagD, self.B = numpy.linalg.eigh(self.C)
        indx = numpy.argsort(self.diagD)
        self.diagD = self.diagD[indx] ** 0.5
        self.B = self.B[:, indx]
        self.BD = self.B * self.diagD


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        more = {} if pop_size is None else {"lambda_": pop_size}
        self._strategy = Strategy(mean, sigma, numpy.random.default_rng(seed), **more)

    def __getattr__(self, name):
        names = {"mean": "centroid", "sigma": "sigma", "covariance": "C", "pop_size": "lambda_"}
        if name not in names:
            raise AttributeError(name)
        return getattr(self._strategy, names[name])

    def ask(self):
        return self._strategy.generate()

    def tell(self, solutions, fitness):
        self._strategy.update(list(zip(fitness, solutions, strict=True)))
