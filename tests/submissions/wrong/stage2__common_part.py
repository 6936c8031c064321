"""A fifth of the variance is common to all entries."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    common = np.sqrt(0.2) * rng.standard_normal()
    return {
        key: value + sigma * (common + np.sqrt(0.8) * rng.standard_normal(np.shape(value)))
        for key, value in best.items()
    }
