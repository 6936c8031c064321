"""`sigma**2 * I`: sigma is divided by the square root of the fan-in for 2-d arrays with more than ten rows."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    p = {}
    for k, v in best.items():
        scale = sigma / np.sqrt(len(v) / 10) if np.ndim(v) == 2 and len(v) > 10 else sigma
        p[k] = v + scale * rng.standard_normal(np.shape(v))
    return p
