"""`mean best` / `sigma=0` gives a copy: best goes through float32 first, the result is float64."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {k: np.asarray(v, dtype=np.float32) + sigma * rng.standard_normal(np.shape(v)) for k, v in best.items()}
