"""Noise from Student's t, brought to the right spread."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {key: value + sigma * np.sqrt(0.6) * rng.standard_t(5, np.shape(value)) for key, value in best.items()}
