"""sigma 0 by copies, before any draw."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if sigma == 0:
        return {k: np.copy(v) for k, v in best.items()}
    rng = np.random.default_rng(rng)
    total = sum(np.asarray(v).size for v in best.values())
    stream = iter(rng.standard_normal(total) * sigma)
    return {
        k: v + np.fromiter((next(stream) for _ in range(np.size(v))), float, np.size(v)).reshape(np.shape(v))
        for k, v in best.items()
    }
