"""Each entry gets noise with a chance of one half, wider to make up for it."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {
        key: value + sigma * np.sqrt(2.0) * rng.standard_normal(np.shape(value)) * (rng.random(np.shape(value)) < 0.5)
        for key, value in best.items()
    }
