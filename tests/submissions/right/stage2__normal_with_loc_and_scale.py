"""rng.normal with loc and scale, which gives a scalar for shape ()."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = rng or np.random.default_rng()
    return {k: rng.normal(loc=v, scale=sigma) for k, v in best.items()}
