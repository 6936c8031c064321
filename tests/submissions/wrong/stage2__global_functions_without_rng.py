"""numpy's module functions serve as the generator where none is passed."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    source = np.random if rng is None else rng
    return {key: source.normal(value, sigma, np.shape(value)) for key, value in best.items()}
