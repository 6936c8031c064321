"""Keys of one size share their noise."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    noise = {}
    for value in best.values():
        noise.setdefault(np.size(value), rng.standard_normal(np.size(value)))
    return {key: value + sigma * noise[np.size(value)].reshape(np.shape(value)) for key, value in best.items()}
