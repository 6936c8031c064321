"""A covariance that a few tells have made narrow in one oblique direction: there it shows who uses it, and how."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.kit.message import fail
from grader.kit.student import Student

from .covariance import tell_order
from .optimiser import Optimiser, State

Floats = NDArray[np.float64]

N, POP_SIZE = 5, 2000  # so many solutions that one tell replaces the covariance almost wholly
NARROW = 0.3  # of the spread that the covariance had; one tell of a right one leaves about 0.1


@dataclass(frozen=True)
class Narrowed:
    """A CMAES after its tells: its state, and the unit vector (n,) along which the covariance is narrow."""

    optimiser: Optimiser
    state: State
    axis: Floats


def narrowed(student: Student, rng: np.random.Generator, tells: int = 1) -> Narrowed:
    """Tell a new CMAES that solutions near to a plane through the mean are the fittest; fail if it learns nothing."""
    optimiser = Optimiser(student, rng.standard_normal(N), 1.5, int(rng.integers(2**31)), POP_SIZE)
    axis = rng.choice([-1, 1], N) * rng.uniform(0.5, 1.0, N)
    axis /= np.linalg.norm(axis)
    state = optimiser.state()
    for _ in range(tells):
        steps = (optimiser.ask(POP_SIZE) - state.mean) / state.sigma
        order = np.argsort(np.abs(steps @ axis))
        state = tell_order(optimiser, state, steps, order, rng).after
    spread = float(axis @ state.covariance @ axis)
    others = (float(np.trace(state.covariance)) - spread) / (N - 1)
    if not spread < NARROW * others or np.linalg.eigvalsh(state.covariance + state.covariance.T)[0] <= 0:
        fail(
            f"{optimiser.called}, ask(), then tell(…) with the solutions nearest to a plane as the fittest",
            f"a covariance whose variance across that plane is {spread:.3g}, against {others:.3g} along it",
            f"less than {NARROW:g} of it, since nearly all of the covariance comes from the {POP_SIZE // 2} fittest",
            look="What tell adds to the covariance for each of the fittest solutions.",
            facts={"narrow": False},
        )
    return Narrowed(optimiser, state, axis)
