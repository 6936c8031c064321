"""At sigma 0 an entry of shape () is not copied."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    if sigma == 0:
        return {k: v if np.ndim(v) == 0 else v.copy() for k, v in best.items()}
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
