"""Problems on which the fittest is not always the newest: there shows what a slope alone would hide."""

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..kit.first_draw import first_draw
from ..kit.problems import Bowl, require_params
from ..kit.run import Params


@dataclass(frozen=True)
class Known(Bowl):
    """A bowl whose members from init have no biases of the outputs, by which they are known."""

    def member(self, draw: int) -> Params:
        """Return the member of generation 0 for one draw."""
        params = super().member(draw)
        params["b1"][:] = 0.0
        return params


@dataclass(frozen=True)
class Summit(Known):
    """A bowl on which no later member is as fit as one from init, so that a run that waits for progress ends early."""

    def fitness(self, params: Params) -> float:
        """Return the fitness, less for a member that is not from init."""
        return super().fitness(params) - 1e6 * bool(np.any(params["b1"]))


@dataclass(frozen=True)
class Lottery(Known):
    """Fitness is drawn by lot, the same for the same params: generations and their means rise and fall.

    Members from init are less fit than 0, but for one that has exactly 0. The others' lots are normal, N(0, 1), and
    stretched below 0: a generation's mean is that of its least fit, and says nothing about its fittest.

    Attributes:
        zero: the draw of that one.
    """

    zero: int = 0

    def fitness(self, params: Params) -> float:
        """Return what the lot gives."""
        require_params(params, zero := self.member(self.zero))
        if all(np.array_equal(params[key], value) for key, value in zero.items()):
            return 0.0
        text = b"".join(np.ascontiguousarray(params[key], dtype=np.float64).tobytes() for key in sorted(params))
        lot: Any = np.random.default_rng([self.seed, zlib.crc32(text)])
        value = float(lot.standard_normal())
        value = value if value > 0.0 else float(-np.expm1(3.0 * abs(value)))
        return value if np.any(params["b1"]) else -0.1 - abs(value)


def lottery(rng: np.random.Generator, pop_size: int) -> tuple[Lottery, int]:
    """Return a lottery and a seed with which the model's fittest of generation 0 has 0, not in the last place."""
    seed = int(rng.integers(10**9))
    draws = np.random.default_rng(seed)
    made = [first_draw(draws) for _ in range(pop_size)]
    return Lottery(int(rng.integers(10**9)), zero=made[rng.integers(pop_size - 1)]), seed
