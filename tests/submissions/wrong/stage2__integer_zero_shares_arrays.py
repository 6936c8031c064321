"""A sigma that is the integer 0 gives the arrays of best itself."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    if isinstance(sigma, int) and sigma == 0:
        return dict(best)
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
