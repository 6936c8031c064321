"""At sigma 0 the copy is rounded to six places."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    if sigma == 0:
        return {k: np.round(v, 6) for k, v in best.items()}
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
