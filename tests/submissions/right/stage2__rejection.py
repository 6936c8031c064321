"""Normal draws by rejection from a Laplace."""

import numpy as np


def _normals(rng, count):
    out = np.empty(0)
    while out.size < count:
        x = rng.laplace(size=count + 8)
        keep = rng.random(x.size) < np.exp(-0.5 * (np.abs(x) - 1) ** 2)
        out = np.r_[out, x[keep]]
    return out[:count]


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    return {k: np.asarray(v + sigma * _normals(rng, np.size(v)).reshape(np.shape(v))) for k, v in best.items()}
