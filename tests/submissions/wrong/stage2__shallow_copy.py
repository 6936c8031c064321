"""A new dict, but the old arrays."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    new = dict(best)
    for key in new:
        new[key] += sigma * rng.standard_normal(np.shape(new[key]))
    return new
