"""Whether the children of a run are draws of their own with the right spread: bounds that hold for any right answer.

Each bound fails a right answer with a probability of at most ALARM, whatever the number of draws.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from . import bounds
from .evolution_log import Brood, first_of_each

Floats = NDArray[np.float64]

ALARM = 4e-12  # how often one bound may fail a right answer, both sides together
SAME_SIZES = 1e-9  # 72 sizes of two noises of length 1 agree to this by chance never
AGAIN = 1e-12  # of the spread: rounding moves a number by 1e-15 of what it was added to
ALIKE = 1e-4  # two noises are one when they point the same way up to this; by chance never in 72 dimensions


def squares(broods: Sequence[Brood]) -> tuple[float, int]:
    """Return the sum of the squared distances to each brood's own centre, and its degrees of freedom.

    A member that repeats another counts once; where only one is left, its distance to its parent counts.
    """
    total, freedom = 0.0, 0
    for brood in broods:
        noise = brood.noise[first_of_each(brood.children)]
        if len(noise) > 1:
            total += float(np.sum((noise - noise.mean(axis=0)) ** 2))
            freedom += (len(noise) - 1) * noise.shape[1]
        elif len(noise):
            total += float(np.sum(noise**2))
            freedom += noise.shape[1]
    return total, freedom


def deviation(broods: Sequence[Brood]) -> float:
    """Return the standard deviation of the children around their centres, nan without children."""
    total, freedom = squares(broods)
    return sqrt(total / freedom) if freedom else float("nan")


def right_deviation(broods: Sequence[Brood], sigma: float) -> bool:
    """Return whether the children spread by sigma."""
    total, freedom = squares(broods)
    low, high = bounds.variance(freedom, ALARM)
    return low <= total / freedom / sigma**2 <= high


def even(broods: Sequence[Brood], sigma: float) -> bool:
    """Return whether the children spread by sigma around their parents in each generation and in each place."""
    places = [[brood.noise[place] for brood in broods if len(brood.noise) > place] for place in range(_most(broods))]
    groups = [*(brood.noise for brood in broods), *map(np.array, places)]
    for group in groups:
        low, high = bounds.variance(group.size, ALARM / len(groups))
        if not low <= float(np.mean(group**2)) / sigma**2 <= high:
            return False
    return True


def _most(broods: Sequence[Brood]) -> int:
    return max(len(brood.noise) for brood in broods)


def late(broods: Sequence[Brood]) -> Sequence[Brood]:
    """Return the last third of a run."""
    return broods[-(len(broods) // 3 or 1) :]


def trend(broods: Sequence[Brood]) -> float:
    """Return the correlation of log(deviation) with the generation, 0.0 for a run too short to have a trend."""
    single = [deviation([brood]) for brood in broods]
    if len(single) < 10 or min(single) <= 0.0:
        return 0.0
    return float(np.corrcoef(np.arange(len(single)), np.log(single))[0, 1])


def around_the_parents(runs: Sequence[tuple[Sequence[Brood], float]]) -> bool:
    """Return whether the children's centres lie no further from the parents than independent draws bring them.

    Times the number of children over sigma**2 their squared distances are a chi-square, numbers * broods degrees; where
    the parent may be one of two, the nearer is taken, so only the upper bound says something.

    Args:
        runs: the broods of each run, and its sigma.
    """
    total, freedom = 0.0, 0
    for broods, sigma in runs:
        total += sum(len(brood.noise) * float(np.sum(brood.noise.mean(axis=0) ** 2)) for brood in broods) / sigma**2
        freedom += sum(brood.noise.shape[1] for brood in broods)
    return not freedom or total / freedom <= bounds.variance(freedom, ALARM)[1]


def pushed(runs: Sequence[tuple[Sequence[Brood], float]]) -> bool:
    """Return whether children lie off their parent along its last step, beyond it or short of it.

    In that direction, which is known before they are drawn, the mean of n children is normal with sigma / sqrt(n); the
    sum over all generations whose parent is a new one, over the root of their number, is N(0, 1).

    Args:
        runs: the broods of each run, and its sigma.
    """
    shifts: list[float] = []
    for broods, sigma in runs:
        for before, brood in pairwise(broods):
            step = brood.parent - before.parent
            if brood.generation == before.generation + 1 and (length := float(np.linalg.norm(step))) > 0:
                shifts.append(float(brood.noise.mean(axis=0) @ step) / length * sqrt(len(brood.noise)) / sigma)
    return bool(shifts) and abs(sum(shifts)) / sqrt(len(shifts)) > NormalDist().inv_cdf(1 - ALARM / 2)


def replayed(broods: Sequence[Brood], normals: Sequence[float], sigma: float) -> bool:
    """Return whether the children's noise holds three or more of the numbers that ``init`` drew.

    By chance a number agrees to 1e-12 with 4e-13, three of all with less than 1e-20.
    """
    drawn = np.sort(np.array(normals))
    noise = np.concatenate([brood.noise.reshape(-1) for brood in broods]) / sigma
    if not len(drawn) or not len(noise):
        return False
    place = np.clip(np.searchsorted(drawn, noise), 1, len(drawn) - 1) if len(drawn) > 1 else np.zeros(len(noise), int)
    apart = np.minimum(np.abs(drawn[place] - noise), np.abs(drawn[place - 1] - noise))
    return int(np.sum(apart < 1e-12)) >= 3


def normal(broods: Sequence[Brood], sigma: float) -> bool:
    """Return whether noise / sigma is as normal draws are, its tails too.

    Of 1,000 normal draws all lie below 1.8 with P = 4e-33.
    """
    pooled = np.concatenate([brood.noise.reshape(-1) for brood in broods]) / sigma
    if len(pooled) >= 1000 and np.max(np.abs(pooled)) < 1.8:
        return False
    return bounds.distance_from_normal(pooled) <= bounds.curve(len(pooled), ALARM)


def independent(broods: Sequence[Brood], sigma: float) -> bool:
    """Return whether neighbouring numbers of a child are independent.

    The sum of n products of independent normals is half the difference of two chi-squares with n degrees of freedom.
    """
    pooled = np.concatenate([brood.noise for brood in broods]) / sigma
    pairs = pooled[:, : pooled.shape[1] // 2 * 2].reshape(-1, 2)
    tail = log(4 / ALARM)
    return abs(float(np.sum(pairs[:, 0] * pairs[:, 1]))) <= 2 * sqrt(len(pairs) * tail) + tail


def repeats(broods: Sequence[Brood]) -> str:
    """Return a word for noise that comes more than once, "" where every child is a draw of its own."""
    if all(brood.copies and not len(brood.children) for brood in broods):
        return "the same population"
    if any(brood.copies for brood in broods):
        return "earlier members again"
    if any(np.max(np.abs(brood.noise), initial=0.0) == 0.0 for brood in broods if len(brood.noise)):
        return "no noise"
    alone = [len(first_of_each(brood.children)) == 1 and len(brood.children) > 1 for brood in broods]
    pooled = np.concatenate([brood.noise for brood in broods])
    homes = np.concatenate([np.full(len(brood.noise), brood.generation) for brood in broods])
    if alone and all(alone):
        firsts = [brood.noise[:1] for brood in broods]
        return "one child, always the same noise" if len(firsts) > 1 and alike(*firsts[:2]) else "one child"
    within = _alike_pairs(pooled) & (homes[:, None] == homes[None, :])
    across = _alike_pairs(pooled) & (homes[:, None] != homes[None, :])
    if across.any():
        return "the same noise in each generation"
    if within.any():
        return "some the same"
    return "some numbers the same" if _share_numbers(pooled) else ""


def _share_numbers(noise: Floats) -> bool:
    """Return whether the noise has three numbers or more that come again, in whatever child or entry, signs aside.

    Of 10,000 numbers that spread by 1 two agree to 1e-12 by chance in 1e-4 of all runs, three times in 1e-13.
    """
    sizes = np.sort(np.abs(noise.reshape(-1)))
    return int(np.sum(np.diff(sizes) < AGAIN * sizes.std())) >= 3


def alike(one: Floats, two: Floats) -> bool:
    """Return whether any row of one points the way of any row of two, or straight away from it."""
    return bool((np.abs(_unit(one) @ _unit(two).T) > 1 - ALIKE).any())


def _alike_pairs(noise: Floats) -> NDArray[np.bool_]:
    """Return which rows are one noise: the same direction, or the same sizes in another order."""
    unit = _unit(noise)
    sizes = np.sort(np.abs(unit), axis=1)
    alike = np.abs(unit @ unit.T) > 1 - ALIKE
    for one in range(len(sizes)):  # rounding moves a size by 1e-16 of the numbers that the noise was added to
        alike[one] |= np.abs(sizes - sizes[one]).max(axis=1) < SAME_SIZES
    np.fill_diagonal(alike, False)
    found: NDArray[np.bool_] = alike
    return found


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = rows / np.where(length == 0, 1.0, length)
    return unit
