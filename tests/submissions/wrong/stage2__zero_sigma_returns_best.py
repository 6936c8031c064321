"""With sigma 0 it returns best itself, not a copy."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    if sigma == 0:
        return best
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
