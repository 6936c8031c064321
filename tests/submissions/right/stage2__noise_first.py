"""Noise for all keys in one array with room to spare, a row a key."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    widest = max(np.size(value) for value in best.values())
    noise = rng.standard_normal((len(best), widest))
    return {
        key: np.add(value, np.multiply(sigma, row[: np.size(value)].reshape(np.shape(value))))
        for row, (key, value) in zip(noise, best.items())
    }
