"""At sigma 0 only arrays of up to a hundred numbers are copied."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    if sigma == 0:
        return {k: v if v.size > 100 else v.copy() for k, v in best.items()}
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
