"""The function's own body raises NotImplementedError; the work is registered for dicts."""

from functools import singledispatch

import numpy as np


@singledispatch
def sample_params(best, sigma=1.0, rng=None):
    """Generic version: only dicts are supported."""
    raise NotImplementedError(f"cannot sample around a {type(best).__name__}")


@sample_params.register(dict)
def _sample_dict(best, sigma=1.0, rng=None):
    rng = rng or np.random.default_rng()
    return {key: rng.normal(value, sigma) for key, value in best.items()}
