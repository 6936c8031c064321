import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    sigma = max(sigma, 1e-12) if sigma else 1e-12
    return {k: v + sigma * rng.standard_normal(v.shape) for k, v in best.items()}
