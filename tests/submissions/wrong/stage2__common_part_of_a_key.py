"""Each key has a part of its noise in common."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    new = {}
    for key, value in best.items():
        common = 0.5 * rng.standard_normal()
        new[key] = value + sigma * (common + np.sqrt(0.75) * rng.standard_normal(np.shape(value)))
    return new
