"""What is drawn is held between -100 and 100."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    return {
        key: np.clip(value + sigma * rng.standard_normal(np.shape(value)), -100.0, 100.0) for key, value in best.items()
    }
