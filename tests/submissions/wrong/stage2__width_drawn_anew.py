"""Each call draws how wide its noise is."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    width = sigma * np.sqrt(rng.exponential())
    return {key: value + width * rng.standard_normal(np.shape(value)) for key, value in best.items()}
