"""The noise by Box and Muller's formula, the keys in order."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = rng or np.random.default_rng()
    new = {}
    for key in sorted(best, key=str):
        value = np.array(best[key], dtype=np.float64)
        u, v = 1.0 - rng.random(value.shape), rng.random(value.shape)
        value += sigma * np.sqrt(-2.0 * np.log(u)) * np.cos(2 * np.pi * v)
        new[key] = value
    return new
