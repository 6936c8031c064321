"""A problem to evolve on whose answer is known: the closer to a hidden point, the fitter."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from .describe import describe
from .run import Params

SHAPES = {"w0": (4, 10), "b0": (1, 10), "w1": (10, 2), "b1": (1, 2)}


def wrong_params(params: Any, like: Params) -> str:
    """Return what is wrong with params that should have the keys and shapes of others, "" where nothing is."""
    if not isinstance(params, dict) or set(params) != set(like):
        return f"fitness got {describe(params)}, expected params with the keys {', '.join(sorted(like))}"
    for key, value in like.items():
        found = params[key]
        if not isinstance(found, np.ndarray) or found.shape != value.shape or found.dtype.kind not in "fiub":
            return f"fitness got params whose {key} is {describe(found)}, expected numbers of shape {value.shape}"
        if not np.isfinite(found).all():
            return f"fitness got params whose {key} holds a number that is not finite"
    return ""


def require_params(params: Any, like: Params) -> None:
    """Raise a ValueError, for the one who called fitness, where wrong_params finds something."""
    if wrong := wrong_params(params, like):
        raise ValueError(wrong)


@lru_cache(maxsize=8)
def _point(seed: int) -> Params:
    """Return the point that a seed chooses."""
    numbers = np.random.default_rng(seed)
    return {key: 40.0 * numbers.standard_normal(shape) for key, shape in SHAPES.items()}


@dataclass(frozen=True)
class Bowl:
    """Fitness is an offset minus the distance to a point that lies far away, so that members can always be better.

    Attributes:
        seed: chooses the point and the members of generation 0.
        spread: the standard deviation of generation 0.
        steps: how coarse the fitness is; 0 leaves it as it is, a large value makes many members equally fit.
        offset: added to every fitness: far above what solves an environment, or far below anything usual.
        unit: what one of distance takes off the fitness.
    """

    seed: int
    spread: float = 3.0
    steps: float = 0.0
    offset: float = 0.0
    unit: float = 1.0

    def member(self, draw: int) -> Params:
        """Return the member of generation 0 for one draw, every entry from N(0, spread**2)."""
        rng = np.random.default_rng([self.seed, draw])
        return {key: self.spread * rng.standard_normal(shape) for key, shape in SHAPES.items()}

    def fitness(self, params: Params) -> float:
        """Return the offset minus the distance to the point."""
        point = _point(self.seed)
        require_params(params, point)
        squares = [np.sum((params[key] - value) ** 2) for key, value in point.items()]
        distance = float(np.sqrt(sum(squares)))
        counted = float(np.ceil(distance / self.steps) * self.steps) if self.steps else distance
        return self.offset - self.unit * counted
