"""In arrays of one axis the noise is 1 or -1."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    new = {}
    for k, v in best.items():
        v = np.asarray(v)
        z = rng.choice([-1.0, 1.0], v.shape) if v.ndim == 1 else rng.standard_normal(v.shape)
        new[k] = v + sigma * z
    return new
