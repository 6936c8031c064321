"""A sigma above 20 counts as 20."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    return {key: value + min(sigma, 20.0) * rng.standard_normal(np.shape(value)) for key, value in best.items()}
