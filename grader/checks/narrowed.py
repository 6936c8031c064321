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
NARROW = 0.7  # of the variance along the plane; one tell of a right one leaves about 0.1


@dataclass(frozen=True)
class Narrowed:
    """A CMAES after its tells: its state, and the unit vector (n,) along which the covariance is narrow."""

    optimiser: Optimiser
    state: State
    axis: Floats


def narrowed(student: Student, rng: np.random.Generator, tells: int = 1) -> Narrowed:
    """Tell a new CMAES that solutions near to a plane through the mean are the fittest; fail if it learns nothing."""
    axis = rng.choice([-1, 1], N) * rng.uniform(0.5, 1.0, N)
    axis /= np.linalg.norm(axis)
    optimiser, state = _told(student, axis, tells, 1, rng)
    if optimiser.sense < 0:  # it moves towards the worse solutions, which a check of its own says
        optimiser, state = _told(student, axis, tells, -1, rng)
    across = float(axis @ state.covariance @ axis)
    along = (float(np.trace(state.covariance)) - across) / (N - 1)
    if not across < NARROW * along:
        fail(
            f"{optimiser.called}, ask(), then tell(…) with the solutions nearest to a plane as the fittest",
            f"a covariance whose variance across that plane is {across:.3g}, against {along:.3g} along it",
            f"clearly less: nearly all of the covariance comes from the {POP_SIZE // 2} fittest",
            look="what tell adds to the covariance for each of the fittest solutions",
            facts={
                "across": "wide" if across > 1.5 * along else "as before" if abs(across - along) < 0.05 else "other"
            },
        )
    return Narrowed(optimiser, state, axis)


def _told(student: Student, axis: Floats, tells: int, sense: int, rng: np.random.Generator) -> tuple[Optimiser, State]:
    """Return a new CMAES after its tells, and its state."""
    optimiser = Optimiser(student, rng.standard_normal(N), 1.5, int(rng.integers(2**31)), POP_SIZE)
    optimiser.sense = sense
    state = optimiser.state()
    for _ in range(tells):
        steps = (optimiser.ask(POP_SIZE) - state.mean) / state.sigma
        state = tell_order(optimiser, state, steps, np.argsort(np.abs(steps @ axis)), rng).after
    return optimiser, state
