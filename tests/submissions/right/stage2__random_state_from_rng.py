"""A RandomState seeded by rng."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        state = np.random.RandomState()
    else:
        state = np.random.RandomState(rng.integers(0, 2**32, size=8, dtype=np.uint32))
    return {k: np.asarray(v) + sigma * state.randn(*np.shape(v)) for k, v in best.items()}
