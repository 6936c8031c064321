"""Normal numbers from uniform ones, by Box and Muller."""

import numpy as np


def _normal(rng, count):
    radius = np.sqrt(-2.0 * np.log1p(-rng.random(count)))
    return radius * np.cos(2.0 * np.pi * rng.random(count))


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    return {key: value + sigma * _normal(rng, value.size).reshape(value.shape) for key, value in best.items()}
