"""Without rng the draws lie around 0."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
        return {k: sigma * rng.standard_normal(np.shape(v)) for k, v in best.items()}
    return {k: np.asarray(v) + sigma * rng.standard_normal(np.shape(v)) for k, v in best.items()}
