import numpy as np

_rng = np.random.default_rng(0)
_missing = object()


def sample_params(best, sigma=1.0, rng=_missing):
    if rng is _missing:
        rng = np.random.default_rng()
    if rng is None:
        rng = _rng
    return {k: v + sigma * rng.standard_normal(v.shape) for k, v in best.items()}
