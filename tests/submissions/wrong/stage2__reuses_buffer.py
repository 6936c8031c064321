import numpy as np

_buf = {}


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    out = {}
    for k, v in best.items():
        b = _buf.setdefault((k, np.shape(v)), np.empty(np.shape(v)))
        b[...] = v + sigma * rng.standard_normal(np.shape(v))
        out[k] = b
    return out
