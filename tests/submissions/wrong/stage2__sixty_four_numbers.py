"""Draws 64 numbers and goes round them for the entries beyond."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    stock, start, new = rng.standard_normal(64), 0, {}
    for key, value in best.items():
        places = (start + np.arange(np.size(value))) % 64
        new[key] = value + sigma * stock[places].reshape(np.shape(value))
        start += np.size(value)
    return new
