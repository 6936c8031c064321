"""Logistic noise of the right spread."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    width = sigma * np.sqrt(3.0) / np.pi
    return {key: value + rng.logistic(0.0, width, np.shape(value)) for key, value in best.items()}
