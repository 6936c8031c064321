"""Exponential noise, shifted to mean zero."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {key: value + sigma * (rng.exponential(size=np.shape(value)) - 1.0) for key, value in best.items()}
