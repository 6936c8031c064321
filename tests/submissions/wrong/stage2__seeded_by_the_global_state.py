"""Where no generator is passed, a new one is seeded by numpy's global state."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng(np.random.randint(2**31))
    new = {}
    for key, value in best.items():
        noise = rng.standard_normal(np.shape(value))
        new[key] = value + sigma * noise
    return new
