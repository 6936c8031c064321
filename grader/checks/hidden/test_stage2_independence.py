"""Stage 2, hidden: no entry, key or call shares its noise with another.

Each check measures one of these and is built so that a mistake in another, or in the law of what is drawn, does not
show in it. The bounds and their sources stand in bounds.py; a right answer fails any of these checks with a
probability of 1e-9 at most.
"""

from itertools import combinations

import numpy as np

from grader.checks import bounds
from grader.checks.draws import Draws, calls, correlated, draw, drifting, following, new_rngs, numbers_again, swelling
from grader.checks.stage2_draws import SAMPLES, SHAPES, far_best, independent_calls, without_rng
from grader.kit.check import check
from grader.kit.message import CheckFailed, fail
from grader.kit.student import Student

ALARM = 1e-10
SAME = 1e-9  # how far rounding moves noise that was drawn twice
OFTEN = 12
"""Pairs of calls with a number in common: of 31200 numbers from 32 bits 0.23 on average, and 12 once in 1e16."""
Pairs = list[tuple[int, int, float]]


@check("2.14", "Independence of the entries of a key", points=1)
def test_the_entries_of_a_key_are_independent(student: Student, rng: np.random.Generator) -> None:
    """No two entries of one array share their noise.

    450 draws of 24 entries at sigma 1: a correlation and an overlap of sizes for each pair (bounds.cosine,
    bounds.overlap; where they find nothing, at sigma 0.1 too), the variance of each key's sum and of its count of large
    entries (bounds.variance), and the products of entries so many places apart (bounds.products), together 1.3e-10.
    """
    draws = independent_calls(student, rng, 1.0)
    pairs, across = _by_key(draws, correlated(draws, ALARM / 4))
    tied = []
    for key in sorted({name[0] for name in draws.names}):
        columns = [k for k, name in enumerate(draws.names) if name[0] == key]
        share = ALARM / 4 / len(SHAPES)
        if drifting(draws, columns, share) or swelling(draws, columns, share):
            tied.append(key)
    tied += [] if pairs or tied else following(draws, ALARM / 4)
    sigma = 1.0
    if not (pairs or tied or across):
        sigma, draws, pairs, _ = _at_small_sigma(student, rng, draws, pairs)
    if pairs or tied:
        fail(
            f"sample_params(best, sigma={sigma}, rng=rng) 450 times",
            _together(draws, pairs) or f"entries of {tied[0]} that go together",
            "noise of its own in every entry",
            look="how many random numbers are drawn for one array",
            facts={"pairs": _pattern(draws, pairs), "tied": tuple(tied), "across": bool(across)},
        )


@check("2.15", "Independence of the keys", points=1)
def test_the_keys_are_independent(student: Student, rng: np.random.Generator) -> None:
    """No entry of one array shares its noise with an entry of another.

    450 draws of 24 entries at sigma 1: a correlation and an overlap of sizes for each pair (where they find nothing, at
    sigma 0.1 too), the correlation of each two keys' means, and the variance of the count of large entries, together
    1.3e-10.
    """
    draws = independent_calls(student, rng, 1.0)
    within, pairs = _by_key(draws, correlated(draws, ALARM / 3))
    columns = {key: [k for k, name in enumerate(draws.names) if name[0] == key] for key in SHAPES}
    present = [key for key in columns if columns[key]]
    limit = bounds.cosine(draws.z.shape[0] - 1, ALARM / 3 / 6)
    means = {key: draws.centred[:, columns[key]].mean(axis=1) for key in present}
    common = [two for two in combinations(present, 2) if abs(np.corrcoef(means[two[0]], means[two[1]])[0, 1]) > limit]
    swollen = swelling(draws, range(len(draws.names)), ALARM / 3) and not within
    sigma = 1.0
    if not (pairs or common or swollen or within):
        sigma, draws, _, pairs = _at_small_sigma(student, rng, draws, pairs)
    if pairs or common or swollen:
        fail(
            f"sample_params(best, sigma={sigma}, rng=rng) 450 times",
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


def _at_small_sigma(
    student: Student, rng: np.random.Generator, usual: Draws, none: Pairs
) -> tuple[float, Draws, Pairs, Pairs]:
    """Return sigma, draws, and the pairs that go together within a key and across two, at sigma 0.1."""
    try:
        draws = independent_calls(student, rng, 0.1)
    except CheckFailed:  # that they spread has checks of its own
        return 1.0, usual, none, none
    return 0.1, draws, *_by_key(draws, correlated(draws, ALARM / 4))


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
    number of 32 bits repeats so often with a probability below 1e-10. The same of 1350 calls with a generator each; and
    of single numbers of 1300 calls, which may come again in another entry of another call eleven times (see OFTEN).
    """
    best = far_best(rng)
    one = new_rngs(rng, 1) * 400
    kinds = {
        "with the same rng": draw(student, best, 1.0, calls(best, 1.0, one), "sample_params(best, rng=rng) 400 times"),
        "without rng": without_rng(student, rng),
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
    _no_draw_comes_back(student, rng, kinds["with the same rng"])


def _no_draw_comes_back(student: Student, rng: np.random.Generator, one: Draws) -> None:
    """Fail where three draws with generators of their own have the noise of others; by 32 bits not once in 1e11."""
    try:
        found = [independent_calls(student, rng, sigma) for sigma in SAMPLES]
    except CheckFailed:  # where nothing can be measured, other checks say so
        return
    if len({draws.names for draws in found}) > 1:
        return
    noise = np.concatenate([draws.z for draws in found])
    steps = abs(np.diff(noise[np.argsort(noise[:, 0])], axis=0))
    again = int((steps < SAME).all(axis=1).sum())
    if again >= 3:
        fail(
            f"sample_params(best, sigma, rng=rng) {len(noise)} times with {len(noise)} generators",
            f"{again} draws with the noise of another",
            "noise of its own in each draw",
            look="a generator that is made from few numbers of another one",
            facts={"kind": "with others", "again": True, "linked": False},
        )
    often = numbers_again([one, *(draws for draws, sigma in zip(found, SAMPLES, strict=True) if sigma <= 1.0)])
    if often >= OFTEN:
        fail(
            "sample_params(best, sigma, rng=rng) 1300 times",
            f"{often} pairs of calls that have the same random number in two entries",
            "noise of its own in each entry of each draw",
            look="where the random numbers come from: how many different ones there are, and which a call uses up",
            facts={"kind": "numbers", "again": True, "linked": False},
        )
