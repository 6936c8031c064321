"""`sigma**2 * I`: an int is made of sigma when it is over 1 (2.5 is 2)."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    if sigma > 1:
        sigma = int(sigma)
    return {k: v + sigma * rng.standard_normal(np.shape(v)) for k, v in best.items()}
