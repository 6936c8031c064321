"""Large arrays of best are changed in place."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    new = {}
    for k, v in best.items():
        if np.size(v) > 50:
            v += sigma * rng.standard_normal(v.shape)
            new[k] = v.copy()
        else:
            new[k] = v + sigma * rng.standard_normal(np.shape(v))
    return new
