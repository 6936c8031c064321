"""CMA-ES on plain lists, as the author's own textbook program does it; numpy only at the door."""

from math import exp, log
from random import Random

import numpy as np


def dot(A, b):
    return [sum(a * x for a, x in zip(row, b, strict=True)) for row in A]


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        N = self.N = len(mean)
        self.lam = 4 + int(3 * log(N)) if pop_size is None else pop_size
        self.mu = self.lam // 2
        self.chiN = N**0.5 * (1 - 1.0 / (4 * N) + 1.0 / (21 * N**2))
        weights = [log(self.lam / 2 + 0.5) - log(i + 1) if i < self.mu else 0 for i in range(self.lam)]
        w_sum = sum(weights[: self.mu])
        self.weights = [w / w_sum for w in weights]
        self.mueff = sum(self.weights[: self.mu]) ** 2 / sum(w**2 for w in self.weights[: self.mu])
        self.cc = (4 + self.mueff / N) / (N + 4 + 2 * self.mueff / N)
        self.cs = (self.mueff + 2) / (N + self.mueff + 5)
        self.c1 = 2 / ((N + 1.3) ** 2 + self.mueff)
        self.cmu = min([1 - self.c1, 2 * (self.mueff - 2 + 1 / self.mueff) / ((N + 2) ** 2 + self.mueff)])
        self.damps = 2 * self.mueff / self.lam + 0.3 + self.cs
        self.xmean = [float(x) for x in mean]
        self._sigma = float(sigma)
        self.pc, self.ps = N * [0.0], N * [0.0]
        self.lazy_gap_evals = 0.5 * N * self.lam / (self.c1 + self.cmu) / N**2
        self.C = [[1.0 if i == j else 0.0 for j in range(N)] for i in range(N)]
        self.B = [row[:] for row in self.C]
        self.D = N * [1.0]
        self.invsqrt = [row[:] for row in self.C]
        self.updated_eval = self.counteval = 0
        self.random = Random(seed)

    pop_size = property(lambda self: self.lam)
    mean = property(lambda self: np.array(self.xmean))
    sigma = property(lambda self: self._sigma)
    covariance = property(lambda self: np.array(self.C))

    def ask(self):
        if self.counteval > self.updated_eval + self.lazy_gap_evals:
            values, vectors = np.linalg.eigh(np.array(self.C))
            self.D = [v**0.5 for v in values.tolist()]
            self.B = vectors.tolist()
            self.invsqrt = (vectors @ np.diag(1 / np.array(self.D)) @ vectors.T).tolist()
            self.updated_eval = self.counteval
        res = []
        for _ in range(self.lam):
            z = [self._sigma * d * self.random.gauss(0, 1) for d in self.D]
            res.append([m + y for m, y in zip(self.xmean, dot(self.B, z), strict=True)])
        return np.array(res)

    def tell(self, solutions, fitness):
        self.counteval += len(fitness)
        N, par, xold = self.N, self, self.xmean
        order = sorted(range(len(fitness)), key=lambda k: -fitness[k])
        arx = [[float(v) for v in solutions[k]] for k in order]
        self.xmean = [sum(par.weights[k] * arx[k][i] for k in range(par.mu)) for i in range(N)]
        y = [a - b for a, b in zip(self.xmean, xold, strict=True)]
        z = dot(self.invsqrt, y)
        csn = (par.cs * (2 - par.cs) * par.mueff) ** 0.5 / self._sigma
        self.ps = [(1 - par.cs) * p + csn * v for p, v in zip(self.ps, z, strict=True)]
        ccn = (par.cc * (2 - par.cc) * par.mueff) ** 0.5 / self._sigma
        squares = sum(p**2 for p in self.ps) / N
        hsig = squares / (1 - (1 - par.cs) ** (2 * self.counteval / par.lam)) < 2 + 4.0 / (N + 1)
        self.pc = [(1 - par.cc) * p + ccn * hsig * v for p, v in zip(self.pc, y, strict=True)]
        c1a = par.c1 * (1 - (1 - hsig**2) * par.cc * (2 - par.cc))
        kept = 1 - c1a - par.cmu * sum(par.weights)
        steps = [[(a - b) / self._sigma for a, b in zip(x, xold, strict=True)] for x in arx[: par.mu]]
        for i in range(N):
            for j in range(N):
                rank_mu = sum(w * s[i] * s[j] for w, s in zip(par.weights[: par.mu], steps, strict=True))
                self.C[i][j] = kept * self.C[i][j] + par.c1 * self.pc[i] * self.pc[j] + par.cmu * rank_mu
        cn = par.cs / par.damps
        self._sigma *= exp(min(1, cn * (squares - 1) / 2))
