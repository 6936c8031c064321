"""With sigma 0 it returns best itself, not a copy."""

import numpy as np


def sample_params(best, sigma=1.0, rng=None):
    """Return new params, each entry drawn from a normal around the same entry of best.

    Args:
        best: a dict of arrays of any shapes; it is not changed.
        sigma: the standard deviation of every entry; 0 gives a copy of best.
        rng: the numpy Generator to draw from; None means a fresh default_rng().

    Returns:
        A new dict with the keys and shapes of best: mean best, covariance sigma**2 * I.

    Example:
        >>> best = {"w0": np.zeros((4, 10)), "b0": np.zeros((1, 10))}
        >>> child = sample_params(best, sigma=0.5, rng=np.random.default_rng(0))
        >>> child["w0"].shape
        (4, 10)

    Note:
        sigma is a standard deviation, not a variance.
        And every entry has noise of its own: no two share a draw.
    """
    ### BEGIN SOLUTION
    if rng is None:
        rng = np.random.default_rng()
    if sigma == 0:
        return best
    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}
    ### END SOLUTION
