"""`the keys ... of best`: keys are made lower case."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {k.lower(): v + sigma * rng.standard_normal(np.shape(v)) for k, v in best.items()}
