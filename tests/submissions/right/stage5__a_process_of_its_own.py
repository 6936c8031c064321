"""CMA-ES as a generator that yields solutions and is sent their fitness; the class only drives it."""

import numpy as np


def evolution(start, sigma, lam, seed, state):
    rng = np.random.default_rng(seed)
    n = start.size
    half = lam // 2
    w = np.log((lam + 1) / 2) - np.log(1 + np.arange(half))
    w = w / w.sum()
    mass = 1 / (w**2).sum()
    cs, cc = (mass + 2) / (n + mass + 5), (4 + mass / n) / (n + 4 + 2 * mass / n)
    c1 = 2 / ((n + 1.3) ** 2 + mass)
    cm = min(1 - c1, 2 * (mass - 2 + 1 / mass) / ((n + 2) ** 2 + mass))
    ds = 1 + 2 * max(0, np.sqrt((mass - 1) / (n + 1)) - 1) + cs
    chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
    ps, pc, generation = np.zeros(n), np.zeros(n), 0
    mean, c = start.astype(float), np.eye(n)
    state.update(mean=mean, sigma=float(sigma), covariance=c, pop_size=lam)
    while True:
        generation += 1
        d, b = np.linalg.eigh(c)
        d = np.sqrt(d)
        z = rng.standard_normal((lam, n)) @ b.T
        y = z @ (b @ np.diag(d) @ b.T)
        fitness = yield mean + sigma * y
        y = y[np.argsort(-fitness)[:half]]
        yw = w @ y
        mean = mean + sigma * yw
        ps = (1 - cs) * ps + np.sqrt(cs * (2 - cs) * mass) * (b / d @ b.T @ yw)
        h = np.linalg.norm(ps) / np.sqrt(1 - (1 - cs) ** (2 * generation)) < (1.4 + 2 / (n + 1)) * chi
        pc = (1 - cc) * pc + h * np.sqrt(cc * (2 - cc) * mass) * yw
        c = (1 - c1 - cm + (1 - h) * c1 * cc * (2 - cc)) * c + c1 * np.outer(pc, pc) + cm * (y.T * w) @ y
        c = np.triu(c) + np.triu(c, 1).T
        sigma = sigma * np.exp(cs / ds * (np.linalg.norm(ps) / chi - 1))
        state.update(mean=mean, sigma=float(sigma), covariance=c)


class CMAES:
    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        mean = np.asarray(mean)
        if pop_size is None:
            pop_size = 4 + int(3 * np.log(mean.size))
        self._run = evolution(mean, sigma, pop_size, seed, vars(self))
        self._next = next(self._run)

    def ask(self):
        return self._next.copy()

    def tell(self, solutions, fitness):
        self._next = self._run.send(np.asarray(fitness, dtype=float))
