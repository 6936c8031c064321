"""Sorted keys, and copies that are then moved in place."""

import copy

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    new = copy.deepcopy(best)
    for key in sorted(new, reverse=True):
        new[key] = np.asarray(new[key])
        new[key] += rng.normal(0.0, sigma, size=new[key].shape)
    return new
