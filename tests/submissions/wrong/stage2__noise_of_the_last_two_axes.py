"""An array of three axes has the same noise in each matrix."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    return {key: value + sigma * rng.standard_normal(np.shape(value)[-2:]) for key, value in best.items()}
