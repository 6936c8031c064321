"""Stage 2: generate new parameters around the best."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    """Return new params, each entry drawn from N(best, sigma**2)."""
    ### BEGIN SOLUTION
    if rng is None:
        rng = np.random.default_rng()
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
    ### END SOLUTION
