"""One number after another."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    new = {}
    for key in best:
        array = np.array(best[key], dtype=np.float64)
        for place in np.ndindex(array.shape):
            array[place] = array[place] + sigma * rng.standard_normal()
        new[key] = array
    return new
