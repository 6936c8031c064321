"""Stage 5: the step size rises, falls, remembers, and measures its step by the covariance."""

import numpy as np

from grader.checks.covariance import tell_order
from grader.checks.narrowed import POP_SIZE as MANY
from grader.checks.narrowed import narrowed
from grader.checks.optimiser import Optimiser
from grader.checks.step_size import (
    LATITUDE,
    POP_SIZE,
    N,
    change,
    path_after,
    published_changes,
    require_no_limit,
    tell_along,
    times,
    two_tells,
    white_length,
    within,
)
from grader.checks.tutorial import Constants, published
from grader.kit.check import check
from grader.kit.message import fail
from grader.kit.student import Student

SMALL, LARGE = 1e-6, 1e5  # a search passes both on its way
CLEAR = 0.02  # of log(sigma): with the tutorial's weights the two steps differ by more, with others perhaps not


@check("5.10", "The step size after a long step", points=0.5)
def test_sigma_rises(student: Student, rng: np.random.Generator) -> None:
    """When the fittest solutions all lie on one side, sigma grows, however large it is."""
    seen = two_tells(student, rng)
    least, greatest = published_changes(N, POP_SIZE, lambda one: one.path_length(seen.long.moved))
    if not within(change(seen.long), least, greatest):
        fail(
            f"{seen.called}, ask(), then tell(…) with the fittest all on one side",
            f"a sigma {np.exp(change(seen.long)):.3g} times as large as before",
            times(least),
            look="the length of the path of sigma after a long step, and what it is compared with",
            facts=seen.facts(),
        )
    require_no_limit(student, rng, LARGE, one_side=True)


@check("5.11", "The step size after a short step", points=0.5)
def test_sigma_falls(student: Student, rng: np.random.Generator) -> None:
    """When the fittest solutions lie all around the mean, sigma shrinks, however small it is."""
    seen = two_tells(student, rng)
    least, greatest = published_changes(N, POP_SIZE, lambda one: one.path_length(seen.short.moved))
    if not within(change(seen.short), least, greatest):
        fail(
            f"{seen.called}, ask(), then tell(…) with the fittest all around the mean",
            f"a sigma {np.exp(change(seen.short)):.3g} times as large as before",
            times(greatest),
            look="the length of the path of sigma after a short step, and what it is compared with",
            facts=seen.facts(),
        )
    require_no_limit(student, rng, SMALL, one_side=False)


@check("5.16", "The path of the step size", points=0.25)
def test_sigma_path(student: Student, rng: np.random.Generator) -> None:
    """Two steps in one direction raise sigma more than one that turns back after the first."""
    n, pop_size = 10, 20
    tells = []
    for sign in (1, -1):
        optimiser = Optimiser(student, np.zeros(n), 1.0, int(rng.integers(2**31)), pop_size)
        tells.append(tell_along(optimiser, pop_size, sign, rng))
    on, back = (change(second) for _, second in tells)

    def gains(one: Constants) -> list[float]:
        lengths = [path_after(*pair, one) for pair in tells]
        return [a - b for a, b in zip(*(one.log_sigma(length, n) for length in lengths), strict=True)]

    least = min(gain for one in published(n, pop_size) for gain in gains(one))
    stands = any(np.linalg.norm(tell.moved) < 1e-9 for pair in tells for tell in pair)  # then there is no path
    if stands or (least > CLEAR and on - back < least / LATITUDE):
        fail(
            f"{optimiser.called}: ask(), tell(…) twice, where the second step goes on and where it turns back",
            f"a sigma {np.exp(on):.3g} times as large after going on, {np.exp(back):.3g} times after turning back",
            "clearly more after going on",
            look="what is left of the path of sigma from one tell to the next, and in which axes a step enters it",
            facts={
                "remembers": "reversed" if on - back < -least / LATITUDE else "no",
                **two_tells(student, rng).facts(),
            },
        )


@check("5.17", "The unit of the step size's path", points=0.25)
def test_sigma_is_whitened(student: Student, rng: np.random.Generator) -> None:
    """A step is long or short by the measure of the covariance: short in sigma may be long where it is narrow."""
    seen = narrowed(student, rng, tells=2)
    optimiser, before = seen.optimiser, seen.state
    steps = (optimiser.ask(MANY) - before.mean) / before.sigma
    tell = tell_order(optimiser, before, steps, np.argsort(-(steps @ seen.axis)), rng)
    n = tell.moved.size
    one = published(n, MANY)[0]
    scale = one.path_length(tell.moved) / white_length(tell)[1]
    white, raw = (scale * length for length in white_length(tell))
    least, greatest = published_changes(n, MANY, lambda one: white)
    if not within(change(tell), least, greatest):
        as_raw = one.log_sigma(raw, n)
        fail(
            f"{optimiser.called}: three times ask() and tell(…), the last step long where the covariance is narrow",
            f"a sigma {np.exp(change(tell)):.3g} times as large as before the last tell",
            f"about {np.exp(least):.3g} times as large: the step is {white / raw:.0f} times as long by the covariance",
            look="the mean's step as it enters the path of sigma, and the square root of the covariance",
            facts={
                "as_raw": bool(np.isclose(as_raw, change(tell), atol=0.05).any()),
                **two_tells(student, rng).facts(),
            },
        )
