"""What is drawn is rounded to four places."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    return {key: np.round(value + sigma * rng.standard_normal(np.shape(value)), 4) for key, value in best.items()}
