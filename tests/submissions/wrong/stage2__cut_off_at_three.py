"""Nothing lies further out than three standard deviations."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    new = {}
    for key, value in best.items():
        noise = rng.standard_normal(np.shape(value))
        while np.any(far := np.abs(noise) > 3.0):
            noise = np.where(far, rng.standard_normal(np.shape(value)), noise)
        new[key] = value + sigma * noise
    return new
