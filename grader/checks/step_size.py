"""What a tell makes of the step size, and what the published rules make of the same steps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.kit.message import Facts, fail
from grader.kit.student import Student

from .covariance import Tell, tell_by_chance, tell_order
from .optimiser import Optimiser
from .rankings import order_with
from .tutorial import Constants, chi, published

Floats = NDArray[np.float64]

N, POP_SIZE = 5, 100
RISING, MOST_TELLS = 20, 25
LATITUDE = 1.3  # times the range of what has been published


def change(tell: Tell) -> float:
    """Return log(sigma after / sigma before) of a tell."""
    return float(np.log(max(tell.after.sigma, 1e-300) / max(tell.before.sigma, 1e-300)))


def times(change: float) -> str:
    """Return exp(change) in words; a step that is far too long by its own sigma gives no number worth telling."""
    return f"about {np.exp(change):.3g} times as large" if change < np.log(10.0) else "several times as large"


def published_changes(n: int, pop_size: int, length: Callable[[Constants], float]) -> tuple[float, float]:
    """Return the least and the greatest log(new / old) of all published constants and both published rules.

    Args:
        n: dimensions.
        pop_size: solutions a generation.
        length: the length of sigma's path for given constants, 1.0 where chance leads.
    """
    values = [value for each in published(n, pop_size) for value in each.log_sigma(length(each), n)]
    return min(values), max(values)


def within(seen: float, least: float, greatest: float) -> bool:
    """Return whether log(new / old) lies in the published range, widened by the latitude on both sides."""
    low = least / LATITUDE if least > 0 else least * LATITUDE
    high = greatest * LATITUDE if greatest > 0 else greatest / LATITUDE
    return low <= seen <= high


@dataclass(frozen=True)
class TwoTells:
    """The first tells of two new CMAES, one with a long step of the mean and one with a short step."""

    called: str
    long: Tell
    short: Tell

    def facts(self) -> Facts:
        """Return log(new / old) as a line over the step's length, in units of the tutorial's line."""
        first = published(N, POP_SIZE)[0]
        long, short = (float(np.linalg.norm(tell.moved)) for tell in (self.long, self.short))
        slope = (change(self.long) - change(self.short)) / (long - short)
        rate = first.c_sigma / first.d_sigma
        usual = rate * first.path_length(self.long.moved) / long
        offset = slope * long - change(self.long)
        return {"slope": round(slope / usual, 3) + 0.0, "offset": round(offset / rate, 3) + 0.0}


def two_tells(student: Student, rng: np.random.Generator) -> TwoTells:
    """Tell two new CMAES: one that the fittest lie on one side, one that they lie all around the mean."""
    (called, long), (_, short) = (_first_tell(student, rng, 0.6, one_side) for one_side in (True, False))
    return TwoTells(called, long, short)


def _first_tell(student: Student, rng: np.random.Generator, sigma: float, one_side: bool) -> tuple[str, Tell]:
    """Tell a new CMAES that the fittest lie on one side, or all around the mean.

    The mean lies as far out as sigma is large, so that neither is lost in the other's rounding.

    Returns:
        How it was made, and the tell.
    """
    optimiser = Optimiser(student, sigma / 0.6 * rng.standard_normal(N), sigma, int(rng.integers(2**31)), POP_SIZE)
    before = optimiser.state()
    steps = (optimiser.ask(POP_SIZE) - before.mean) / before.sigma
    side = np.argsort(-(steps @ rng.standard_normal(N)))
    equal = np.full(POP_SIZE // 2, 2 / POP_SIZE)
    around = order_with(steps, lambda means: np.linalg.norm(means, axis=1), rng, also=[equal])
    return optimiser.called, tell_order(optimiser, before, steps, side if one_side else around, rng)


def require_no_limit(student: Student, rng: np.random.Generator, sigma: float, one_side: bool) -> None:
    """Fail where a step size that is already extreme does not change as any other does."""
    probe = Optimiser(student, np.zeros(N), sigma, 1, POP_SIZE)
    if not 0.5 < float(probe.ask(POP_SIZE).std()) / sigma < 2.0:
        return  # what is drawn has a check of its own
    called, tell = _first_tell(student, rng, sigma, one_side)
    if not np.allclose(tell.before.covariance, np.eye(N)):
        return  # and so has the covariance at the start
    least, greatest = published_changes(N, POP_SIZE, lambda one: one.path_length(tell.moved))
    if not within(change(tell), least, greatest):
        fail(
            f"{called}, ask(), then tell(…) with the fittest all {'on one side' if one_side else 'around the mean'}",
            f"a sigma of {tell.after.sigma:.3g}",
            f"{times(least if one_side else greatest)} as before",
            look="what holds sigma, the solutions or the mean between two limits, or how far the mean has moved",
            facts={"limit": sigma, "rises": change(tell) > 0},
        )
    if one_side:
        _require_steady_rise(student, rng, sigma)


def _require_steady_rise(student: Student, rng: np.random.Generator, sigma: float) -> None:
    """Fail where a step size that is already large and rises tell by tell comes to a stand before it is 1000 times it.

    On a slope a right one is there after 15 tells; none leaves sigma exactly as it was.
    """
    optimiser = Optimiser(student, np.zeros(N), sigma, int(rng.integers(2**31)), RISING)
    slope, before = rng.standard_normal(N), sigma
    for number in range(MOST_TELLS):
        optimiser.tell(optimiser.ask(RISING) @ slope)
        after = optimiser.state().sigma
        if after > 1000 * sigma:
            return
        if after == before:
            fail(
                f"{optimiser.called}, ask() and tell(…) {number + 1} times with the fittest all on one side",
                f"a sigma that stays at {after:.4g} in the last tell",
                "a sigma that rises in every tell, however large it is",
                look="what holds sigma between two limits",
                facts={"limit": "a stand"},
            )
        before = after


def tell_along(optimiser: Optimiser, pop_size: int, sign: int, rng: np.random.Generator) -> tuple[Tell, Tell]:
    """Tell twice: a step of usual length, then one as long that goes on (sign 1) or turns back (sign -1)."""
    first = tell_by_chance(optimiser, pop_size, 1.0, rng)
    steps = (optimiser.ask(pop_size) - first.after.mean) / first.after.sigma
    length = float(np.linalg.norm(first.moved))
    along = sign * first.moved / length

    def misses(means: Floats) -> Floats:
        norms = np.linalg.norm(means, axis=1)
        off: Floats = 30 * np.abs(norms / length - 1) - means @ along / norms
        return off

    return first, tell_order(optimiser, first.after, steps, order_with(steps, misses, rng, tries=3000), rng)


def path_after(first: Tell, second: Tell, constants: Constants) -> float:
    """Return the length of sigma's path after two tells, 1.0 where chance leads; the covariance is still about I."""
    step = (1 - constants.c_sigma) * first.moved + second.moved
    return constants.path_length(step)


def white_length(tell: Tell) -> tuple[float, float]:
    """Return the length of the mean's step over chance's: in units of the covariance before, and as it is."""
    n = tell.moved.size
    white = float(np.sqrt(tell.moved @ np.linalg.solve(tell.before.covariance, tell.moved)))
    return white / chi(n), float(np.linalg.norm(tell.moved)) / chi(n)
