"""A generator for each key, spawned from two numbers of rng."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng(rng)
    children = np.random.SeedSequence(rng.integers(2**63, size=2).tolist()).spawn(len(best))
    return {
        key: value + sigma * np.random.default_rng(child).standard_normal(np.shape(value))
        for (key, value), child in zip(best.items(), children, strict=True)
    }
