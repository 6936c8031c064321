"""RandomState on top of the generator's own bits; multivariate_normal by its eigenvalues."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    out = dict()
    for name, array in best.items():
        n = array.size
        out[name] = (
            rng.multivariate_normal(mean=np.zeros(n), cov=np.identity(n) * sigma * sigma, method="eigh").reshape(
                array.shape
            )
            + array
        )
    return out
