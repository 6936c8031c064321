import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    out = {k: np.array(rng.normal(v, sigma)) for k, v in best.items()}
    for v in out.values():
        v.setflags(write=False)
    return out
