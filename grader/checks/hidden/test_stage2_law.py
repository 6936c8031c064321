"""Stage 2, hidden: the law of what is drawn: its mean, its spread, its independence, its shape.

Each check measures one of these and is built so that a mistake in another does not show in it. The bounds and their
sources stand in bounds.py; a right answer fails any of these checks with a probability of 1e-9 at most.
"""

from itertools import combinations

import numpy as np

from grader.checks import bounds
from grader.checks.draws import Draws, Floats, calls, correlated, draw, drifting, new_rngs, shared, swelling
from grader.checks.hidden.test_stage2_generator import without_rng
from grader.checks.laws import centre_of, kind_of, spread_of
from grader.kit.check import check
from grader.kit.describe import show
from grader.kit.message import fail
from grader.kit.student import Student

ALARM = 1e-10
EXTREMES = ((3e5, 30.0), (3e-7, 1.0))  # sigma, and how many times the usual best is as large
USUAL = 0.05  # how far the mean and the spread of all numbers may be off to count as right
SHAPES = {"w0": (3, 3), "b0": (1, 3), "w1": (3, 3), "b1": (1, 3)}  # some alike: noise may not be shared by shape


def far_best(rng: np.random.Generator) -> dict[str, Floats]:
    """Return a best whose 24 entries lie between 2 and 6 from 0, on both sides."""
    return {
        key: rng.uniform(2.0, 6.0, shape) * rng.choice(np.array([-1.0, 1.0]), shape) for key, shape in SHAPES.items()
    }


def independent_calls(student: Student, rng: np.random.Generator, sigma: float, count: int) -> Draws:
    """Return draws, each with a generator of its own; the checks that ask for the same ones share them."""

    def make() -> Draws:
        best = far_best(rng)
        what = f"sample_params(best, sigma={sigma}, rng=rng), {count} times with {count} generators"
        return draw(student, best, sigma, calls(best, sigma, new_rngs(rng, count)), what)

    return shared(student, f"stage 2, {count} draws at sigma {sigma}", make)


@check("2.12", "The mean of the draws", points=2)
def test_the_mean_of_the_draws_is_best(student: Student, rng: np.random.Generator) -> None:
    """Many draws have best as their mean, in every entry.

    300 draws of 24 entries at sigma 0.1, each entry's mean over its root mean square against a random direction's
    cosine (bounds.cosine), and the mean of all: together 1e-10. A mean off by 0.05 is found.
    """
    draws = independent_calls(student, rng, 0.1, 300)
    count, entries = draws.z.shape
    share = ALARM / (entries + 1)
    means, sizes = draws.z.mean(axis=0), np.sqrt((draws.z**2).mean(axis=0))
    off = abs(means) > bounds.cosine(count, share) * sizes
    whole = abs(draws.z.mean()) > bounds.cosine(draws.z.size, share) * np.sqrt((draws.z**2).mean())
    if off.any() or (whole and draws.independent):
        worst = int(np.argmax(abs(means) / sizes))
        fail(
            "sample_params(best, sigma=0.1, rng=rng) 300 times, and took the mean",
            f"{draws.label(worst)}: {show(float(draws.best[worst] + 0.1 * means[worst]))}",
            f"{draws.label(worst)}: about {show(float(draws.best[worst]))}, as in best",
            look="what the noise is added to, and whether the noise itself has mean 0",
            facts={"centre": centre_of(draws, 0.1)},
        )


@check("2.13", "The spread of the draws", points=2)
def test_the_spread_of_the_draws_is_sigma(student: Student, rng: np.random.Generator) -> None:
    """The standard deviation of many draws is sigma, in every entry, for a small sigma and a large one.

    300 draws of 24 entries at sigma 0.1 and at 3: each entry's variance, each key's, and that of all (bounds.variance;
    a wrong spread of 10 % is found), together 1e-10. Where entries share their noise, theirs count once. Then 40 draws
    at a very large sigma and at a very small one.
    """
    both = [(sigma, independent_calls(student, rng, sigma, 300)) for sigma in (0.1, 3.0)]
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
                    f"sample_params(best, sigma={sigma:g}, rng=rng) 300 times",
                    f"numbers that spread by about {width * sigma:.2g} in {where}: {width:.2g} times sigma",
                    f"numbers that spread by {sigma:g}, which is sigma, in every entry",
                    look="how sigma comes in: it is the noise's standard deviation, in every entry",
                    facts={"spread": spread_of(both), "sided": bool((both[0][1].z >= 0).all())},
                )
    for sigma, times in EXTREMES:
        _spread_far_out(student, rng, sigma, times, all(draws.independent for _, draws in both))


def _spread_far_out(student: Student, rng: np.random.Generator, sigma: float, times: float, independent: bool) -> None:
    """Fail unless 40 draws of 24 entries at an extreme sigma spread by it, all numbers together (bounds.variance)."""
    best = {key: times * value for key, value in far_best(rng).items()}
    called = f"sample_params(best, sigma={sigma:g}, rng=rng) 40 times, with numbers of about {4 * times:g} in best"
    draws = draw(student, best, sigma, calls(best, sigma, new_rngs(rng, 40)), called, {"sigma": sigma})
    width = float(np.sqrt(draws.z.var(axis=0, ddof=1).mean()))
    low, high = bounds.variance((len(draws.z) - 1) * (draws.z.shape[1] if independent else 1), ALARM / 4)
    if not low <= width**2 <= high:
        fail(
            called,
            f"numbers that spread by about {width * sigma:.2g}",
            f"numbers that spread by {sigma:g}, which is sigma",
            look="what holds a number or sigma between two limits; there is no limit here",
            facts={"sigma": sigma, "width": "narrow" if width < 1 else "wide", "at a limit": _at_a_limit(draws, sigma)},
        )


def _at_a_limit(draws: Draws, sigma: float) -> bool:
    """Return whether the largest number, or the smallest, came more than once."""
    numbers = (draws.best + draws.z * sigma).round(6)
    return any(int((numbers == edge).sum()) > 1 for edge in (numbers.min(), numbers.max()))


@check("2.14", "Independence of the entries of a key", points=1)
def test_the_entries_of_a_key_are_independent(student: Student, rng: np.random.Generator) -> None:
    """No two entries of one array share their noise.

    400 draws of 24 entries at sigma 1: a correlation and an overlap of sizes for each pair (bounds.cosine,
    bounds.overlap), the variance of each key's sum and of its count of large entries (bounds.variance), together 1e-10.
    """
    draws = independent_calls(student, rng, 1.0, 400)
    pairs, across = _by_key(draws, correlated(draws, ALARM / 3))
    tied = []
    for key in sorted({name[0] for name in draws.names}):
        columns = [k for k, name in enumerate(draws.names) if name[0] == key]
        share = ALARM / 3 / len(SHAPES)
        if drifting(draws, columns, share) or swelling(draws, columns, share):
            tied.append(key)
    if pairs or tied:
        fail(
            "sample_params(best, sigma=1.0, rng=rng) 400 times",
            _together(draws, pairs) or f"entries of {tied[0]} that go together",
            "noise of its own in every entry",
            look="how many random numbers are drawn for one array",
            facts={"pairs": _pattern(draws, pairs), "tied": tuple(tied), "across": bool(across)},
        )


@check("2.15", "Independence of the keys", points=1)
def test_the_keys_are_independent(student: Student, rng: np.random.Generator) -> None:
    """No entry of one array shares its noise with an entry of another.

    400 draws of 24 entries at sigma 1: a correlation and an overlap of sizes for each pair, the correlation of each two
    keys' means, and the variance of the count of large entries, together 1e-10.
    """
    draws = independent_calls(student, rng, 1.0, 400)
    within, pairs = _by_key(draws, correlated(draws, ALARM / 3))
    columns = {key: [k for k, name in enumerate(draws.names) if name[0] == key] for key in SHAPES}
    present = [key for key in columns if columns[key]]
    limit = bounds.cosine(draws.z.shape[0] - 1, ALARM / 3 / 6)
    means = {key: draws.centred[:, columns[key]].mean(axis=1) for key in present}
    common = [two for two in combinations(present, 2) if abs(np.corrcoef(means[two[0]], means[two[1]])[0, 1]) > limit]
    swollen = swelling(draws, range(len(draws.names)), ALARM / 3) and not within
    if pairs or common or swollen:
        fail(
            "sample_params(best, sigma=1.0, rng=rng) 400 times",
            _together(draws, pairs)
            or (
                f"noise that goes together in {' and '.join(common[0])}"
                if common
                else "large noise in all keys at once"
            ),
            "noise of its own in every key",
            look="whether each key gets new random numbers",
            facts={"pairs": _pattern(draws, pairs), "tied": tuple(common), "swollen": swollen, "within": bool(within)},
        )


Pairs = list[tuple[int, int, float]]


def _by_key(draws: Draws, pairs: Pairs) -> tuple[Pairs, Pairs]:
    """Return the pairs within one key, and those across two."""
    same = [draws.names[i][0] == draws.names[j][0] for i, j, _ in pairs]
    within = [pair for pair, one in zip(pairs, same, strict=True) if one]
    return within, [pair for pair, one in zip(pairs, same, strict=True) if not one]


def _pattern(draws: Draws, pairs: Pairs) -> tuple[object, ...]:
    """Return which entries go together, and whether it is their noise or only its size."""
    return tuple((*draws.names[i], *draws.names[j], abs(correlation) > 0.5) for i, j, correlation in pairs)


def _together(draws: Draws, pairs: Pairs) -> str:
    """Return the first pair that goes together, in words."""
    if not pairs:
        return ""
    i, j, correlation = pairs[0]
    if abs(correlation) > 0.99:
        return f"the same noise in {draws.label(i)} and {draws.label(j)}"
    return f"noise in {draws.label(i)} and {draws.label(j)} that goes together (correlation {correlation:.2f})"


@check("2.16", "Independence of the calls", points=1)
def test_the_calls_are_independent(student: Student, rng: np.random.Generator) -> None:
    """Draws that follow each other with one generator have nothing in common, nor have draws without one.

    400 calls with one generator, 200 without: the correlation of each entry with itself one to three calls before
    (bounds.cosine) 1e-10 together. A draw that comes back counts from the third on: even a new generator seeded by a
    number of 32 bits repeats so often with a probability below 1e-10.
    """
    best = far_best(rng)
    one = new_rngs(rng, 1) * 400
    kinds = {
        "with the same rng": draw(student, best, 1.0, calls(best, 1.0, one), "sample_params(best, rng=rng) 400 times"),
        "without rng": without_rng(student),
    }
    for kind, draws in kinds.items():
        count, entries = draws.z.shape
        again = count - len(np.unique(draws.z, axis=0))
        linked = [
            lag
            for lag in (1, 2, 3)
            for before, after in zip(draws.z[:-lag].T, draws.z[lag:].T, strict=True)
            if abs(np.corrcoef(before, after)[0, 1]) > bounds.cosine(count - lag - 1, ALARM / (6 * entries))
        ]
        if again >= 3 or linked:
            fail(
                f"sample_params(best, sigma=1.0) {count} times {kind}",
                f"{again} draws that were there before" if again >= 3 else "draws that depend on the ones before",
                "new draws, each independent of the others",
                look="what is kept from one call to the next",
                facts={"kind": kind, "again": again >= 3, "linked": bool(linked)},
            )


@check("2.17", "The shape of the noise", points=1)
def test_the_noise_is_normal(student: Student, rng: np.random.Generator) -> None:
    """The noise has a normal distribution: its curve, and how much of it lies far out.

    400 draws of 24 entries at sigma 1, taken as they are; where their mean or spread is not as it should be, they have
    to be off less their mean and over their spread too, so that it does not show here. The curve's distance
    (bounds.curve) 5e-11, the numbers beyond 1, 2 and 3 (bounds.chance_of_count) 5e-11. Where entries share their noise,
    theirs count once.
    """
    draws = independent_calls(student, rng, 1.0, 400)
    count = draws.z.size if draws.independent else draws.z.shape[0]
    own = draws.centred / draws.z.std(axis=0)
    usual = abs(float(draws.z.std()) - 1.0) < USUAL and abs(float(draws.z.mean())) < USUAL
    looked_at = (draws.z,) if usual and draws.independent else (draws.z, own)
    far = [_far_off(one, count) for one in looked_at]
    bent = [_distance(one) > bounds.curve(count, ALARM / 2) for one in looked_at]
    if all(bent) or any(map(all, zip(*far, strict=True))):
        beyond = float((abs(own) > 2).mean())
        fail(
            "sample_params(best, sigma=1.0, rng=rng) 400 times",
            f"noise that is not normal: {100 * beyond:.1f} % of it lies more than 2 standard deviations away, "
            f"the furthest {abs(own).max():.1f}",
            "normal noise: 4.6 % of it lies more than 2 standard deviations away",
            look="which function draws the noise, and from which distribution",
            facts={"kind": kind_of(draws)},
        )


def _distance(z: Floats) -> float:
    """Return the largest distance of the sorted numbers from the normal's curve."""
    heights = np.sort(z, axis=None)
    curve = bounds.normal_curve(heights)
    steps = np.arange(heights.size + 1) / heights.size
    return float(max((steps[1:] - curve).max(), (curve - steps[:-1]).max()))


def _far_off(z: Floats, count: int) -> list[bool]:
    """Return for 1, 2 and 3 standard deviations whether too many or too few numbers lie beyond."""
    parts = [(float((abs(z) > away).mean()), bounds.normal_tail(away)) for away in (1.0, 2.0, 3.0)]
    return [bounds.chance_of_count(round(part * count), count, chance) < ALARM / 12 for part, chance in parts]
