"""Stage 2, hidden: the generator that is passed in, the global state, and calls without a generator."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checks import bounds
from grader.checks.draws import Call, Draws, calls, draw, drifting, new_rngs, swelling
from grader.checks.laws import spread_of
from grader.checks.stage2_draws import BEST, SHAPES, WIDE, WITHOUT, independent_calls, without_rng
from grader.kit.check import check
from grader.kit.message import CheckFailed, Facts, fail
from grader.kit.network import flat_numbers
from grader.kit.student import Rng, Student, StudentFault

NARROWEST, WIDEST = 0.54, 1.7  # between half and twice the right spread, so that the noise's shape does not count here


def row(value: Any) -> np.ndarray[Any, Any]:
    """Return all the numbers of one draw in a row, as far as there are any."""
    found = [flat_numbers(one) for one in value.values()] if isinstance(value, Mapping) else []
    return np.concatenate([one for one in found if one is not None] or [np.zeros(0)])


def all_differ(rows: list[np.ndarray[Any, Any]]) -> bool:
    """Return whether there are numbers, and no two rows are equal."""
    return all(one.size for one in rows) and len({one.tobytes() for one in rows}) == len(rows)


@check("2.7", "The generator from call to call", points=1)
def test_a_call_advances_the_generator(student: Student, rng: np.random.Generator) -> None:
    """Calls one after another with one generator give other params each time."""
    one = new_rngs(rng, 1)[0]
    rows = [row(reply.value) for reply in student.call_many("sample_params", calls(BEST, 1.0, [one] * 4), late=True)]
    again = row(student.call("sample_params", BEST, sigma=1.0, rng=new_rngs(rng, 1)[0]).value)
    if not all_differ(rows):
        at_once = student.call_many("sample_params", calls(BEST, 1.0, [new_rngs(rng, 1)[0]] * 4))
        if all_differ([row(reply.value) for reply in at_once]):
            fail(
                "sample_params(best, sigma=1.0, rng=rng) four times with the same rng, and then looked at all four",
                "four times the params of the last call",
                "new params each time, which later calls leave alone",
                look="whether a dict or an array that is made only once is filled again and again",
                facts={"overwritten": True},
            )
        fail(
            "sample_params(best, sigma=1.0, rng=rng) four times with the same rng",
            "the same params more than once",
            "new params each time: a call moves the generator on",
            look="whether the random numbers are drawn from rng itself, or from something made anew in each call",
            facts={
                "repeated": sum(np.array_equal(rows[0], other) for other in rows[1:]),
                "any": _equal(rows[0], again),
            },
        )


def _alike(one: np.ndarray[Any, Any], two: np.ndarray[Any, Any]) -> bool:
    """Return whether the noise of two draws is the same but for its size and sign."""
    best = row(BEST)
    if not one.shape == two.shape == best.shape:
        return False
    lengths = float(np.linalg.norm(one - best) * np.linalg.norm(two - best))
    return abs(float((one - best) @ (two - best))) > 0.999 * lengths


def _equal(one: np.ndarray[Any, Any], two: np.ndarray[Any, Any]) -> bool:
    return one.shape == two.shape and np.array_equal(one, two)


@check("2.8", "The global random state", points=1)
def test_the_global_state_does_not_matter(student: Student, rng: np.random.Generator) -> None:
    """The draw does not change with the state of numpy's global functions, and does with a generator that is passed in.

    Without one the draw is a fresh one, as from a new default_rng(), and not what that state makes of it.
    """
    seed, first, second = (int(one) for one in rng.integers(2**31, size=3))
    rows = []
    for key, state, own in (("1", first, seed), ("2", second, seed), ("3", first, seed + 1)):
        student.seed_global(state)
        rows.append(row(student.call("sample_params", BEST, sigma=1.0, rng=Rng(f"global {seed} {key}", own)).value))
    moved, followed = not _equal(rows[0], rows[1]), _equal(rows[0], rows[2])
    if moved or followed:
        fail(
            "sample_params(best, sigma=1.0, rng=rng) with np.random.seed(...) called before, rng in the same state",
            "the draw changes with np.random.seed" if moved else "the draw does not change with rng",
            "a draw that depends on rng and on nothing else",
            look="functions called as np.random.… : they draw from one global generator",
            facts={"moved": moved, "followed": followed, "alike": _alike(rows[0], rows[1])},
        )
    if _follows_the_state(student, first, second):
        fail(
            "sample_params(best) twice, with np.random.seed(...) of the same number called before each",
            "the same new params",
            "new params each time, as from a new default_rng(): numpy's global functions play no part",
            look="what stands in for rng where it is None",
            facts={"without rng": "follows the state"},
        )


def _follows_the_state(student: Student, first: int, second: int) -> bool:
    """Return whether the draws without a generator are equal where the global state is, and else not."""
    rows = []
    for state in (first, first, second):
        student.seed_global(state)
        try:
            rows.append(row(student.call("sample_params", BEST).value))
        except StudentFault:  # which the next check says
            return False
    return rows[0].size > 0 and _equal(rows[0], rows[1]) and not _equal(rows[0], rows[2])


@check("2.9", "Calls without sigma and rng", points=1)
def test_calls_without_a_generator_are_fresh_and_have_sigma_one(student: Student, rng: np.random.Generator) -> None:
    """Without rng, left out or None, each call draws anew, as it does with one; and without sigma the spread is 1.

    100 calls of each kind, 21 entries. A right answer fails with a probability below 1e-99: 4200 squares, chi-square,
    Chernoff's bound. That two draws are equal has no chance worth a number. The noise of these calls has the law that
    it has with a generator (see _off), and so have keys, types and a copy at sigma 0.
    """
    given = student.call_many("sample_params", calls(BEST, 1.0, new_rngs(rng, 2)))
    facts = {"with rng": all_differ([row(reply.value) for reply in given])}
    draws = without_rng(student, rng, facts)
    different = len(np.unique(draws.z, axis=0))
    one_size = len(np.unique(abs(draws.z).round(6))) == 1  # 2**21 draws only: two may be equal by chance
    if different < len(draws.z) - one_size:
        fail(
            WITHOUT,
            f"only {different} different draws",
            "new params each time",
            look="what the function does when rng is None, and any fixed seed",
            facts={"one size": one_size, **facts},
        )
    firsts = []
    for _ in range(2):
        student.import_again()
        both: list[Call] = [((BEST,), {}), ((BEST,), {"rng": None})]
        firsts.append([row(reply.value) for reply in student.call_many("sample_params", both)])
    if any(one.size and _equal(one, two) for one, two in zip(*firsts, strict=True)):
        fail(
            "sample_params(best) as the first call in one run of Python and in another",
            "the same new params in both runs",
            "new params in each run: nothing fixes the generator that is used where none is given",
            look="what is made at the top of the file, outside the function, and from which seed",
            facts={"restarts": True, **facts},
        )
    spread = float(np.sqrt(draws.z.var(axis=0).mean()))
    if not NARROWEST < spread < WIDEST:
        fail(
            WITHOUT,
            f"numbers that spread by about {spread:.2g} around best",
            "numbers that spread by 1 around best: sigma is 1.0 where it is not given",
            look="the default value of sigma, and what it is multiplied with",
            facts={"spread": spread_of([(1.0, draws)]), "sided": bool((draws.z >= 0).all()), **facts},
        )
    if not draws.independent and independent_calls(student, rng, 1.0).independent:
        fail(
            WITHOUT,
            "numbers that share their noise, as those with a generator do not",
            "noise of its own in every entry",
            look="what the function does when rng is None: how many generators it makes, and from what",
            facts={"without rng": "shared", **facts},
        )
    _like_those_with_a_generator(student, rng, draws, facts)
    kinds: list[Call] = [((BEST,), {"sigma": WIDE}), ((BEST,), {"sigma": WIDE, "rng": None})]
    wide, usual = (
        draw(student, BEST, WIDE, wanted, f"sample_params(best, sigma={WIDE}) 200 times", facts)
        for wanted in (kinds * 100, calls(BEST, WIDE, new_rngs(rng, 200)))
    )
    width, with_rng = (float(np.sqrt(one.z.var(axis=0).mean())) for one in (wide, usual))
    if not NARROWEST < width < WIDEST and NARROWEST < with_rng < WIDEST:
        fail(
            f"sample_params(best, sigma={WIDE}) and the same with rng=None, 100 times each",
            f"numbers that spread by about {width * WIDE:.2g} around best",
            f"numbers that spread by {WIDE}, which is sigma",
            look="what the function does when rng is None: what becomes of sigma there",
            facts={"without rng": spread_of([(WIDE, wide)]), **facts},
        )


def _like_those_with_a_generator(student: Student, rng: np.random.Generator, draws: Draws, facts: Facts) -> None:
    """Fail where calls without a generator are wrong in what those with one are not: the rest is asked elsewhere."""
    try:
        usual = independent_calls(student, rng, 1.0)
    except CheckFailed:
        return
    if not _off(usual, sum(map(math.prod, SHAPES.values())), DOUBTFUL) and (off := _off(draws, row(BEST).size)):
        fail(
            WITHOUT,
            f"numbers whose {off} not as with a generator",
            "normal noise of spread 1 around best, independent in every entry of every key",
            look="what the function does when rng is None: it should differ in nothing but the generator",
            facts={"without rng": off, **facts},
        )
    try:
        given = _form(student, {"rng": new_rngs(rng, 1)[0]})
    except StudentFault:
        return
    if given == RIGHT and (form := _form(student, {"rng": None})) != RIGHT:
        fail(
            "sample_params(best, sigma, rng=None) with sigma 1.0 and 0.0",
            "other keys, shapes or types than with a generator, or at sigma 0 no copy of best",
            "a dict of new float64 arrays with the keys and shapes of best",
            look="what the function returns when rng is None",
            facts={"form without rng": form, **facts},
        )


RIGHT = (True, True, True)
DOUBTFUL = (
    1e-3  # draws with a generator that are this far off say nothing about those without: a law that is nearly right
)


def _form(student: Student, called: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    """Return whether keys, shapes and types are those of best, and at sigma 0 the numbers, in arrays of their own."""
    value = student.call("sample_params", BEST, sigma=1.0, **called).value
    alike = isinstance(value, dict) and set(value) == set(BEST)
    alike = alike and all(np.shape(value[key]) == one.shape for key, one in BEST.items())
    arrays = [value[key] for key in BEST] if alike else []
    double = all(getattr(one, "dtype", None) == np.float64 for one in arrays)
    long = double and any((one != one.astype(np.float32)).any() for one in arrays)
    copy = student.call_and_overwrite("sample_params", BEST, sigma=0.0, **called)
    same = isinstance(copy.value, dict) and all(
        _equal(np.asarray(copy.value.get(key)), one) for key, one in BEST.items()
    )
    return alike, long, same and all(np.array_equal(copy.args[0].get(key), one) for key, one in BEST.items())


def _off(draws: Draws, wanted: int, alarm: float = 1e-10) -> str:
    """Return in what draws at sigma 1 are off, "" where in nothing: seven bounds, each with this rate of false alarms.

    The number of entries; the mean of each (bounds.cosine); the variance of all (bounds.variance); the curve of all
    (bounds.curve) and how many lie beyond 2 and 3 (bounds.chance_of_count); a part in common (drifting, swelling).
    """
    count, entries = draws.z.shape
    columns = range(entries)
    if entries < wanted:
        return "noise is"
    sizes = np.sqrt((draws.z**2).mean(axis=0))
    if (abs(draws.z.mean(axis=0)) > bounds.cosine(count, alarm / entries) * sizes).any():
        return "mean is"
    low, high = bounds.variance((count - 1) * entries, alarm)
    if not low <= float(draws.z.var(axis=0, ddof=1).mean()) <= high:
        return "spread is"
    beyond = [(int((abs(draws.z) > away).sum()), bounds.normal_tail(away)) for away in (2.0, 3.0)]
    if any(bounds.chance_of_count(got, draws.z.size, chance) < alarm / 4 for got, chance in beyond):
        return "shape is"
    if bounds.distance_from_normal(draws.z) > bounds.curve(draws.z.size, alarm):
        return "shape is"
    return "entries are" if drifting(draws, columns, alarm) or swelling(draws, columns, alarm) else ""
