import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    sigma = float(np.clip(sigma, 1e-4, 1e3)) if sigma else 0.0
    return {k: v + sigma * rng.standard_normal(np.shape(v)) for k, v in best.items()}
