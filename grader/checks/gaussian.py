"""Whether rows are draws from a standard normal, by bounds that hold for every number of draws, not by a table."""

from itertools import combinations
from math import erf, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MEAN_TAIL = 7.2  # of a standard normal: 2 exp(-7.2**2 / 2) = 1.1e-11 for both tails
SQUARES_TAIL = 26.0  # exp(-26) = 5.1e-12 for each tail of a chi-square (Laurent and Massart 2000, lemma 1)
CURVE_TAIL = 1e-10  # of the largest distance to the normal's curve (Dvoretzky, Kiefer, Wolfowitz; Massart 1990)


def not_standard_normal(z: Floats) -> str:
    """Return in what way rows (draws, n) are no independent draws from N(0, I), "" where nothing speaks against it.

    For n up to 5 a right one is called wrong with a probability below 1e-9: 5 means at 1.1e-11, 26 sums of squares
    with two tails of 5.1e-12, one curve at 1e-10; that all stay within what 26 of them should pass has exp(-26).
    """
    draws, n = z.shape
    if len(np.unique(z, axis=0)) < draws:
        return "rows that repeat"
    if len(np.unique(abs(z).round(9), axis=0)) < draws:
        return "rows that mirror others"
    if (z == 0).all(axis=1).any():
        return "a row without noise"
    if (np.abs(z.mean(axis=0)) * np.sqrt(draws) > MEAN_TAIL).any():
        return "another centre"
    if not _is_one(float(np.mean(z**2)), draws * n):
        return "another spread"
    turned = [(z[:, i] + sign * z[:, j]) / np.sqrt(2) for i, j in combinations(range(n), 2) for sign in (1, -1)]
    if not all(_is_one(float(np.mean(column**2)), draws) for column in [*z.T, *turned]):
        return "another shape"
    if z.size > 100 and np.abs(z).max() < -NormalDist().inv_cdf(SQUARES_TAIL / 2 / z.size):
        return "shorter tails"
    heights = np.sort(z, axis=None)
    curve = np.vectorize(_normal_curve)(heights[:: max(1, heights.size // 500)])
    steps = np.arange(heights.size)[:: max(1, heights.size // 500)] / heights.size
    if np.abs(curve - steps).max() > np.sqrt(np.log(2 / CURVE_TAIL) / (2 * heights.size)) + 1 / heights.size:
        return "another curve"
    return ""


def _is_one(mean_square: float, count: int) -> bool:
    """Return whether a mean of that many squares of standard normals can be what it is."""
    room = 2 * np.sqrt(SQUARES_TAIL / count)
    return bool(1 - room <= mean_square <= 1 + room + 2 * SQUARES_TAIL / count)


def _normal_curve(height: float) -> float:
    return 0.5 * (1 + erf(height / sqrt(2)))


def whitened(solutions: Floats, mean: Floats, sigma: float, covariance: Floats) -> Floats:
    """Return the standard-normal draws (draws, n) that solutions from N(mean, sigma**2 * covariance) were made of.

    Raises:
        numpy.linalg.LinAlgError: the covariance is not positive definite.
    """
    root = np.linalg.cholesky((covariance + covariance.T) / 2)
    z: Floats = np.linalg.solve(root, ((solutions - mean) / sigma).T).T
    return z
