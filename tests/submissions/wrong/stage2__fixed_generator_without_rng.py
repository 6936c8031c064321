"""Without rng it draws from one generator of the module, whose seed is fixed."""

import numpy as np

_SHARED = np.random.default_rng(0)


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = _SHARED
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
