"""Marsaglia's polar method, a closure that keeps the second number."""

import math

import numpy as np


def _gauss(rng):
    kept = []

    def one():
        if kept:
            return kept.pop()
        while True:
            u, v = 2 * rng.random() - 1, 2 * rng.random() - 1
            if 0 < (s := u * u + v * v) < 1:
                break
        f = math.sqrt(-2 * math.log(s) / s)
        kept.append(v * f)
        return u * f

    return one


def sample_params(best, sigma=1.0, rng=None):
    one = _gauss(np.random.default_rng() if rng is None else rng)
    return {k: np.array([m + sigma * one() for m in np.ravel(v)]).reshape(np.shape(v)) for k, v in best.items()}
