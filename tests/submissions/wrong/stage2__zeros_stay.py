"""A number of best that is 0 gets no noise."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    return {k: np.where(np.asarray(v) == 0, 0.0, v + sigma * rng.standard_normal(np.shape(v))) for k, v in best.items()}
