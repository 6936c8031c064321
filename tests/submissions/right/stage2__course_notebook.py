"""The notebook's way: a flat multivariate normal for each key."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = rng if rng is not None else np.random.default_rng()
    p = {}
    for k, v in best.items():
        flat = v.flatten()
        new = rng.multivariate_normal(flat, sigma**2 * np.eye(flat.shape[0]), size=1)
        p[k] = new.reshape(v.shape)
    return p
