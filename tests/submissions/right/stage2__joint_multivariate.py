"""One multivariate normal over all keys, eigh, cut with cumsum and split."""

import itertools

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng(rng)
    keys = list(best)
    shapes = [np.shape(best[k]) for k in keys]
    sizes = [int(np.prod(s)) for s in shapes]
    mean = np.hstack([np.ravel(best[k]) for k in keys])
    draw = rng.multivariate_normal(mean, np.diag(np.full(mean.size, float(sigma) ** 2)), method="eigh", size=1)[0]
    cuts = list(itertools.accumulate(sizes))[:-1]
    return dict(zip(keys, (p.reshape(s) for p, s in zip(np.split(draw, cuts), shapes, strict=False)), strict=False))
