import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    if sigma == 0:
        return {k: np.broadcast_to(v, v.shape) for k, v in best.items()}
    return {k: v + sigma * rng.standard_normal(v.shape) for k, v in best.items()}
