"""The numbers of best are held between -1000 and 1000."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    return {k: np.clip(v, -1000, 1000) + sigma * rng.standard_normal(np.shape(v)) for k, v in best.items()}
