"""A problem to evolve on whose answer is known: the closer to a hidden point, the fitter."""

from dataclasses import dataclass

import numpy as np

from .run import Params

SHAPES = {"w0": (4, 10), "b0": (1, 10), "w1": (10, 2), "b1": (1, 2)}


@dataclass(frozen=True)
class Bowl:
    """Fitness is minus the distance to a point that lies far away, so that no member is ever good enough.

    Attributes:
        seed: chooses the point and the members of generation 0.
        spread: the standard deviation of generation 0.
        steps: how coarse the fitness is; 0 leaves it as it is, a large value makes many members equally fit.
    """

    seed: int
    spread: float = 3.0
    steps: float = 0.0

    def member(self, draw: int) -> Params:
        """Return the member of generation 0 for one draw, every entry from N(0, spread**2)."""
        rng = np.random.default_rng([self.seed, draw])
        return {key: self.spread * rng.standard_normal(shape) for key, shape in SHAPES.items()}

    def fitness(self, params: Params) -> float:
        """Return minus the distance to the point, always below zero."""
        rng = np.random.default_rng(self.seed)
        squares = 0.0
        for key, shape in SHAPES.items():
            squares += float(np.sum((np.asarray(params[key]) - 40.0 * rng.standard_normal(shape)) ** 2))
        distance = float(np.sqrt(squares))
        return -float(np.ceil(distance / self.steps) * self.steps) if self.steps else -distance
