"""What stage 2's hidden checks draw around, and the draws that several of them look at."""

import numpy as np

from grader.checks.draws import Call, Draws, Floats, calls, draw, new_rngs
from grader.kit.message import Facts
from grader.kit.student import Student, remembered

BEST = {
    "w0": np.linspace(-4.0, 4.0, 12).reshape(3, 4),
    "b0": np.array([[3.0, -2.0, 1.5, -0.5]]),
    "w1": np.array([[2.5], [-3.5], [4.5], [-1.5]]),
    "b1": np.array([[2.0]]),
}
SHAPES = {"w0": (3, 3), "b0": (1, 3), "w1": (3, 3), "b1": (1, 3)}  # some alike: noise may not be shared by shape
WIDE = 2.6
"""A sigma above 1 that is no whole number."""
SAMPLES = (1.0, 0.1, WIDE)
"""The sigmas of the draws, each with a generator of its own, that the checks share."""
EACH = 450
"""Draws at each of them, of 24 entries."""
WITHOUT = "sample_params(best) and sample_params(best, rng=None), 100 times each"


def without_rng(student: Student, rng: np.random.Generator, facts: Facts | None = None) -> Draws:
    """Return 200 draws without a generator, in every other call without naming it; two checks share them."""
    kinds: list[Call] = [((BEST,), {}), ((BEST,), {"rng": None})]
    return remembered(student, "stage 2, no rng", rng, lambda _: draw(student, BEST, 1.0, kinds * 100, WITHOUT, facts))


def far_out(student: Student, rng: np.random.Generator, sigma: float, times: float) -> tuple[Draws, str]:
    """Return 40 draws at an unusual sigma, around a best with one number 0, and the calls in words."""

    def make(rng: np.random.Generator) -> tuple[Draws, str]:
        best = {key: times * value for key, value in far_best(rng).items()}
        best["w0"][0, 0] = 0.0
        called = f"sample_params(best, sigma={sigma:g}, rng=rng) 40 times, with numbers of about {4 * times:g} in best"
        return draw(student, best, sigma, calls(best, sigma, new_rngs(rng, 40)), called, {"sigma": sigma}), called

    return remembered(student, f"stage 2, draws at an unusual sigma of {sigma}", rng, make)


def far_best(rng: np.random.Generator) -> dict[str, Floats]:
    """Return a best whose 24 entries lie between 2 and 6 from 0, on both sides."""
    return {
        key: rng.uniform(2.0, 6.0, shape) * rng.choice(np.array([-1.0, 1.0]), shape) for key, shape in SHAPES.items()
    }


def independent_calls(student: Student, rng: np.random.Generator, sigma: float) -> Draws:
    """Return EACH draws, each with a generator of its own; the checks that ask for the same ones share them.

    Those at sigma WIDE lie around numbers of some thousand, so that a limit of less shows.
    """

    def make(rng: np.random.Generator) -> Draws:
        best = {key: value * (1e3 if sigma == WIDE else 1.0) for key, value in far_best(rng).items()}
        what = f"sample_params(best, sigma={sigma}, rng=rng), {EACH} times with {EACH} generators"
        return draw(student, best, sigma, calls(best, sigma, new_rngs(rng, EACH)), what, {"sigma": sigma})

    return remembered(student, f"stage 2, draws at sigma {sigma}", rng, make)
