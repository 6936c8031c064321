"""The noise comes from one of ten thousand generators."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    rng = np.random.default_rng(rng.integers(10_000))
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
