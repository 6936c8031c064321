"""Stage 2, hidden: the law of each entry that is drawn: its mean, its spread, its shape.

Each check measures one of these and is built so that a mistake in another does not show in it. The bounds and their
sources stand in bounds.py; a right answer fails any of these checks with a probability of 1e-9 at most.
"""

from typing import NoReturn

import numpy as np

from grader.checks import bounds
from grader.checks.draws import Draws, Floats
from grader.checks.laws import centre_of, kind_of, spread_of
from grader.checks.stage2_draws import SAMPLES, WIDE, far_out, independent_calls
from grader.kit.check import check
from grader.kit.describe import show
from grader.kit.message import CheckFailed, Facts, fail
from grader.kit.student import Student

ALARM = 1e-10
EXTREMES = ((3e5, 30.0), (3e-7, 1.0), (3, 1.0))  # sigma, and how many times the usual best is as large
USUAL = 0.05  # how far the mean and the spread of all numbers may be off to count as right


@check("2.12", "The mean of the draws", points=2)
def test_the_mean_of_the_draws_is_best(student: Student, rng: np.random.Generator) -> None:
    """Many draws have best as their mean, in every entry, also where its numbers are large.

    450 draws of 24 entries at sigma 0.1, and at 2.6 around large numbers, each entry's mean over its root mean square
    against a random direction's cosine (bounds.cosine), and the mean of all: together 2e-10. A mean off by half of
    sigma is found.
    """
    draws = independent_calls(student, rng, 0.1)
    if (worst := _off(draws)) is not None:
        _fail_off(draws, worst, 0.1, {"centre": centre_of(draws, 0.1)})
    try:
        draws = independent_calls(student, rng, WIDE)
    except CheckFailed:
        return  # that they spread at all is asked for next
    if (worst := _off(draws)) is not None:
        _fail_off(draws, worst, WIDE, {"centre": "held"})


def _off(draws: Draws) -> int | None:
    """Return the entry whose mean is furthest from best, None where none is too far."""
    count, entries = draws.z.shape
    share = ALARM / (entries + 1)
    means, sizes = draws.z.mean(axis=0), np.sqrt((draws.z**2).mean(axis=0))
    off = abs(means) > bounds.cosine(count, share) * sizes
    whole = abs(draws.z.mean()) > bounds.cosine(draws.z.size, share) * np.sqrt((draws.z**2).mean())
    return int(np.argmax(abs(means) / sizes)) if off.any() or (whole and draws.independent) else None


def _fail_off(draws: Draws, worst: int, sigma: float, facts: Facts) -> NoReturn:
    fail(
        f"sample_params(best, sigma={sigma}, rng=rng) 450 times, and took the mean",
        f"{draws.label(worst)}: {show(float(draws.best[worst] + sigma * draws.z[:, worst].mean()))}",
        f"{draws.label(worst)}: about {show(float(draws.best[worst]))}, as in best",
        look="what the noise is added to, and whether the noise itself has mean 0",
        facts=facts,
    )


@check("2.13", "The spread of the draws", points=2)
def test_the_spread_of_the_draws_is_sigma(student: Student, rng: np.random.Generator) -> None:
    """The standard deviation of many draws is sigma, in every entry, for a small sigma and a large one.

    450 draws of 24 entries at sigma 0.1 and at 2.6: each entry's variance, each key's, and that of all
    (bounds.variance; a wrong spread of 10 % is found), together 1e-10. Where entries share their noise, theirs count
    once. Then 40 draws at a very large sigma, at a very small one and at a whole number.
    """
    both = [(sigma, independent_calls(student, rng, sigma)) for sigma in (0.1, WIDE)]
    for sigma, draws in both:
        count, entries = draws.z.shape
        spread = draws.z.var(axis=0, ddof=1)
        of_key = {key: [k for k, name in enumerate(draws.names) if name[0] == key] for key, _ in draws.names}
        groups = [[k] for k in range(entries)] + list(of_key.values()) + [list(range(entries))]
        for group in groups:
            degrees = (count - 1) * (len(group) if draws.independent else 1)
            low, high = bounds.variance(degrees, ALARM / (2 * len(groups)))
            if not low <= spread[group].mean() <= high:
                width, place = float(np.sqrt(spread[group].mean())), draws.names[group[0]][0]
                where = "all keys" if len(group) == entries else place
                fail(
                    f"sample_params(best, sigma={sigma:g}, rng=rng) 450 times",
                    f"numbers that spread by about {width * sigma:.2g} in {where}: {width:.2g} times sigma",
                    f"numbers that spread by {sigma:g}, which is sigma, in every entry",
                    look="how sigma comes in: it is the noise's standard deviation, in every entry",
                    facts={"spread": spread_of(both), "sided": bool((both[0][1].z >= 0).all())},
                )
    for sigma, times in EXTREMES:
        _spread_far_out(student, rng, sigma, times, all(draws.independent for _, draws in both))


def _spread_far_out(student: Student, rng: np.random.Generator, sigma: float, times: float, independent: bool) -> None:
    """Fail unless 40 draws of 24 entries at an extreme sigma spread by it, all numbers together (bounds.variance).

    One of the numbers of best is 0, and spreads as any other.
    """
    draws, called = far_out(student, rng, sigma, times)
    width = float(np.sqrt(draws.z.var(axis=0, ddof=1).mean()))
    low, high = bounds.variance((len(draws.z) - 1) * (draws.z.shape[1] if independent else 1), ALARM / 6)
    if not low <= width**2 <= high:
        fail(
            called,
            f"numbers that spread by about {width * sigma:.2g}",
            f"numbers that spread by {sigma:g}, which is sigma",
            look="what holds a number or sigma between two limits; there is no limit here",
            facts={"sigma": sigma, "width": "narrow" if width < 1 else "wide", "at a limit": _at_a_limit(draws, sigma)},
        )
    if ("w0", 0) not in draws.names and ("w0", 1) in draws.names:
        fail(
            called,
            "always 0 where best has 0",
            f"numbers that spread by {sigma:g} there too",
            look="what becomes of a number of best that is 0",
            facts={"sigma": sigma, "at zero": True},
        )


def _at_a_limit(draws: Draws, sigma: float) -> bool:
    """Return whether the largest number, or the smallest, came more than once."""
    numbers = (draws.best + draws.z * sigma).round(6)
    return any(int((numbers == edge).sum()) > 1 for edge in (numbers.min(), numbers.max()))


@check("2.17", "The shape of the noise", points=1)
def test_the_noise_is_normal(student: Student, rng: np.random.Generator) -> None:
    """The noise has a normal distribution: its curve, and how much of it lies far out.

    450 draws of 24 entries at sigma 1, taken as they are; where their mean or spread is not as it should be, they have
    to be off less their mean and over their spread too, so that it does not show here. The curve's distance
    (bounds.curve) 5e-11, the numbers beyond 1, 2 and 3 (bounds.chance_of_count) 5e-11, and once more 5e-11 for those of
    900 more draws at other sigmas together, and for those
    of 40 at a very large one. Where entries share their noise, theirs count once.
    """
    draws = independent_calls(student, rng, 1.0)
    count = draws.z.size if draws.independent else draws.z.shape[0]
    own = draws.centred / draws.z.std(axis=0)
    usual = _is_usual(draws)
    looked_at = (draws.z,) if usual else (draws.z, own)
    far = [_far_off(one, count) for one in looked_at]
    bent = [bounds.distance_from_normal(one) > bounds.curve(count, ALARM / 2) for one in looked_at]
    if all(bent) or any(map(all, zip(*far, strict=True))) or (usual and _far_off_elsewhere(student, rng)):
        beyond = float((abs(own) > 2).mean())
        fail(
            "sample_params(best, sigma=1.0, rng=rng) 450 times",
            f"noise that is not normal: {100 * beyond:.1f} % of it lies more than 2 standard deviations away, "
            f"the furthest {abs(own).max():.1f}",
            "normal noise: 4.6 % of it lies more than 2 standard deviations away",
            look="which function draws the noise, and from which distribution",
            facts={"kind": kind_of(draws)},
        )


def _is_usual(draws: Draws) -> bool:
    """Return whether mean, spread and independence of the draws are as they should be."""
    return abs(float(draws.z.std()) - 1.0) < USUAL and abs(float(draws.z.mean())) < USUAL and draws.independent


def _far_off_elsewhere(student: Student, rng: np.random.Generator) -> bool:
    """Return whether too many or too few numbers lie far out in all samples together, or at a very large sigma."""
    try:
        large, _ = far_out(student, rng, *EXTREMES[0])
    except CheckFailed:
        return False
    ordinary = abs(float(large.z.std()) - 1.0) < 4 * USUAL and large.independent
    return _far_off_together(student, rng) or (ordinary and any(_far_off(large.z, large.z.size)))


def _far_off_together(student: Student, rng: np.random.Generator) -> bool:
    """Return whether too many or too few numbers of all samples together lie beyond 1, 2 or 3 standard deviations."""
    try:
        found = [independent_calls(student, rng, sigma) for sigma in SAMPLES]
    except CheckFailed:
        return False
    pooled = np.concatenate([draws.z.reshape(-1) for draws in found])
    return all(map(_is_usual, found)) and any(_far_off(pooled, pooled.size))


def _far_off(z: Floats, count: int) -> list[bool]:
    """Return for 1, 2 and 3 standard deviations whether too many or too few numbers lie beyond."""
    parts = [(float((abs(z) > away).mean()), bounds.normal_tail(away)) for away in (1.0, 2.0, 3.0)]
    return [bounds.chance_of_count(round(part * count), count, chance) < ALARM / 12 for part, chance in parts]
