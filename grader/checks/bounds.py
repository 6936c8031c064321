"""How far a right sample can stray by chance: bounds that hold for every number of draws, with their sources.

Each takes the probability, both sides together, with which a right sample may lie outside.
"""

from math import erfc, exp, log, sqrt

import numpy as np
from numpy.typing import NDArray


def cosine(dimension: int, alarm: float) -> float:
    """Return how large the cosine between a fixed direction and a random one in that many dimensions may be.

    A cap of height t on the unit sphere has at most the part exp(-n t**2 / 2) of it (Ball, An elementary introduction
    to modern convex geometry, 1997, lemma 2.2). Normal draws have a random direction: so it holds, whatever the
    spread, for their mean over their root mean square, and, one dimension less, for a correlation.
    """
    return sqrt(2.0 * log(2.0 / alarm) / dimension)


def variance(degrees: int, alarm: float) -> tuple[float, float]:
    """Return between what a sample's variance over the true one lies: chi-square with that many degrees of freedom.

    Laurent and Massart, Adaptive estimation of a quadratic functional, 2000, lemma 1. A mean of such variances, which
    may depend on each other in any way, stays within the same two numbers.
    """
    x = log(2.0 / alarm)
    room = 2.0 * sqrt(x / degrees)
    return max(0.0, 1.0 - room), 1.0 + room + 2.0 * x / degrees


def products(count: int, alarm: float) -> float:
    """Return how large the sum of that many products of two independent normals each may be, either way.

    They may share numbers, in chains: a quadratic form of trace 0 with a square sum of count / 2 and eigenvalues of 1
    at most (Laurent and Massart, lemma 1, for a difference of two such sums).
    """
    x = log(2.0 / alarm)
    return sqrt(2.0 * count * x) + 2.0 * x


def overlap(draws: int, alarm: float) -> float:
    """Return how large the mean product of two rows of half +1, half -1 in random order may be.

    The places where both are +1 are drawn without putting back (Hoeffding, Probability inequalities, 1963, section 6).
    """
    return sqrt(4.0 * log(2.0 / alarm) / draws)


def curve(draws: int, alarm: float) -> float:
    """Return how far the sorted draws may lie from their distribution's curve.

    The Dvoretzky-Kiefer-Wolfowitz inequality with Massart's constant (1990).
    """
    return sqrt(log(2.0 / alarm) / (2.0 * draws))


def distance_from_normal(z: NDArray[np.float64]) -> float:
    """Return how far numbers, of any shape, lie from the standard normal's curve once sorted: what ``curve`` bounds."""
    heights = normal_curve(np.sort(z, axis=None))
    steps = np.arange(heights.size + 1) / heights.size
    return float(max((steps[1:] - heights).max(), (heights - steps[:-1]).max()))


def chance_of_count(count: int, draws: int, chance: float) -> float:
    """Return a bound on the probability that a count lies as far from its expectation as this one, on its side.

    Chernoff's bound for a binomial: exp(-draws * KL(count / draws, chance)).
    """
    share = count / draws
    terms = [(share, chance), (1.0 - share, 1.0 - chance)]
    return exp(-draws * sum(part * log(part / whole) for part, whole in terms if part > 0.0))


def normal_curve(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard normal's distribution function, to 1e-7 (Abramowitz and Stegun, 7.1.26)."""
    x = np.abs(z) / sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    terms = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    upper = 0.5 * terms * np.exp(-x * x)
    return np.where(z < 0.0, upper, 1.0 - upper)


def normal_tail(z: float) -> float:
    """Return the probability that a standard normal lies further from 0 than z."""
    return erfc(z / sqrt(2.0))
