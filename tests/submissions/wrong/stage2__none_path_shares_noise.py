"""`independent of every other entry` also for rng=None: there each key gets a generator from one and the same
seed.
"""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    seed = np.random.SeedSequence().entropy
    p = {}
    for k, v in best.items():
        g = np.random.default_rng(seed) if rng is None else rng
        p[k] = v + sigma * g.standard_normal(np.shape(v))
    return p
