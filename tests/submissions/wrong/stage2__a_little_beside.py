"""The mean lies 0.05 beside best."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {key: value + 0.05 + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
