"""Below sigma 1 all keys share their noise."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    z = rng.standard_normal(200)
    return {
        k: np.asarray(v)
        + sigma * (rng.standard_normal(np.shape(v)) if sigma >= 1 else z[: np.size(v)].reshape(np.shape(v)))
        for k, v in best.items()
    }
