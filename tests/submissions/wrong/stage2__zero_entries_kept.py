"""`each entry is drawn`: an array that is all zeros (fresh biases) stays zero."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {k: v + (sigma if np.any(v) else 0.0) * rng.standard_normal(np.shape(v)) for k, v in best.items()}
