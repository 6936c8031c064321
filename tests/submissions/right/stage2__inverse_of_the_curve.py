"""Normal numbers by the standard library's inverse of the normal curve."""

from statistics import NormalDist

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = rng if rng is not None else np.random.default_rng()
    standard = NormalDist()
    draw = np.vectorize(lambda mean: mean + sigma * standard.inv_cdf(rng.uniform(1e-300, 1.0)), otypes=[float])
    return {key: draw(value) for key, value in best.items()}
