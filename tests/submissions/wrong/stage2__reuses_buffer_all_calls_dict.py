import numpy as np

_new = {}


def sample_params(best, sigma=1.0, rng=None):
    """Keeps one dict and fills it again."""
    if rng is None:
        rng = np.random.default_rng()
    for k, v in best.items():
        _new[k] = v + sigma * rng.standard_normal(np.shape(v))
    for k in list(_new):
        if k not in best:
            del _new[k]
    return _new
