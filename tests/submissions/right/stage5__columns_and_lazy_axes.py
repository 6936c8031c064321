"""CMA-ES as the short programs of the nineties and after have it: columns, counteval, axes renewed now and then."""

import numpy as np
from numpy import diag, exp, eye, log, ones, sqrt, triu, zeros
from numpy.linalg import eigh, norm


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        self.random = np.random.default_rng(seed)
        xmean = np.asarray(mean, dtype=float)[:, None].copy()
        self.N = N = xmean.shape[0]
        lambda_ = 4 + int(np.floor(3 * log(N))) if pop_size is None else pop_size
        mu = lambda_ / 2
        weights = log(mu + 1 / 2) - log(np.arange(1, int(mu) + 1))[:, None]
        mu = int(np.floor(mu))
        weights = weights / np.sum(weights)
        mueff = float(np.sum(weights) ** 2 / np.sum(weights**2))
        self.cc = (4 + mueff / N) / (N + 4 + 2 * mueff / N)
        self.cs = (mueff + 2) / (N + mueff + 5)
        self.c1 = 2 / ((N + 1.3) ** 2 + mueff)
        self.cmu = min(1 - self.c1, 2 * (mueff - 2 + 1 / mueff) / ((N + 2) ** 2 + mueff))
        self.damps = 1 + 2 * max(0, sqrt((mueff - 1) / (N + 1)) - 1) + self.cs
        self.xmean, self.sigma, self.lambda_, self.mu = xmean, sigma, lambda_, mu
        self.weights, self.mueff = weights, mueff
        self.pc, self.ps = zeros((N, 1)), zeros((N, 1))
        self.B, self.D, self.C = eye(N), ones((N, 1)), eye(N)
        self.invsqrtC = eye(N)
        self.eigeneval, self.counteval = 0, 0
        self.chiN = N**0.5 * (1 - 1 / (4 * N) + 1 / (21 * N**2))

    @property
    def mean(self):
        return self.xmean.ravel().copy()

    @property
    def covariance(self):
        return self.C

    @property
    def pop_size(self):
        return self.lambda_

    def ask(self):
        arx = zeros((self.N, self.lambda_))
        for k in range(self.lambda_):
            z = self.random.standard_normal((self.N, 1))
            arx[:, [k]] = self.xmean + self.sigma * self.B @ (self.D * z)
            self.counteval += 1
        return arx.T

    def tell(self, solutions, fitness):
        arx, N = np.asarray(solutions).T, self.N
        arindex = np.argsort(-1.0 * np.asarray(fitness), kind="stable")
        xold = self.xmean
        self.xmean = arx[:, arindex[: self.mu]] @ self.weights
        self.ps = (1 - self.cs) * self.ps + sqrt(self.cs * (2 - self.cs) * self.mueff) * self.invsqrtC @ (
            self.xmean - xold
        ) / self.sigma
        hsig = norm(self.ps) / sqrt(1 - (1 - self.cs) ** (2 * self.counteval / self.lambda_)) / self.chiN < 1.4 + 2 / (
            N + 1
        )
        self.pc = (1 - self.cc) * self.pc + hsig * sqrt(self.cc * (2 - self.cc) * self.mueff) * (
            self.xmean - xold
        ) / self.sigma
        artmp = (1 / self.sigma) * (arx[:, arindex[: self.mu]] - np.tile(xold, (1, self.mu)))
        self.C = (
            (1 - self.c1 - self.cmu) * self.C
            + self.c1 * (self.pc @ self.pc.T + (1 - hsig) * self.cc * (2 - self.cc) * self.C)
            + self.cmu * artmp @ diag(self.weights.ravel()) @ artmp.T
        )
        self.sigma = self.sigma * float(exp((self.cs / self.damps) * (norm(self.ps) / self.chiN - 1)))
        if self.counteval - self.eigeneval > self.lambda_ / (self.c1 + self.cmu) / N / 10:
            self.eigeneval = self.counteval
            self.C = triu(self.C) + triu(self.C, 1).T
            D2, self.B = eigh(self.C)
            self.D = sqrt(D2)[:, None]
            self.invsqrtC = self.B @ diag(1 / self.D.ravel()) @ self.B.T
