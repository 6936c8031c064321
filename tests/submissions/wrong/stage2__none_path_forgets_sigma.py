"""`sigma**2 * I` also for rng=None: without a generator sigma is forgotten."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
        return {k: v + rng.standard_normal(np.shape(v)) for k, v in best.items()}
    return {k: v + sigma * rng.standard_normal(np.shape(v)) for k, v in best.items()}
