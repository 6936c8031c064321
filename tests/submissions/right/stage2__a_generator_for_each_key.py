"""Each key draws from a generator of its own, spawned from a number that the given one draws."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    seeds = np.random.SeedSequence(int(rng.integers(2**63))).spawn(len(best))
    return {
        key: value + sigma * np.random.default_rng(seed).standard_normal(value.shape)
        for (key, value), seed in zip(best.items(), seeds)
    }
