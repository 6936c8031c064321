"""The sum of two half-wide normals, and zeros filled in place."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    new = {}
    for key, value in best.items():
        first, second = np.empty_like(value), np.empty_like(value)
        rng.standard_normal(out=first)
        rng.standard_normal(out=second)
        new[key] = value + sigma * (first - second) / np.sqrt(2.0)
    return new
