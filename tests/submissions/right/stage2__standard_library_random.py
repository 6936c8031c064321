"""random.Random, seeded by the generator."""

import random

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    seed = None if rng is None else int(rng.integers(2**63))
    source = random.Random(seed)
    return {
        key: np.array([source.gauss(mean, sigma) for mean in value.ravel().tolist()]).reshape(value.shape)
        for key, value in best.items()
    }
