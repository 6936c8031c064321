"""A population as one array: a member a row, cheap to draw, to send and to play."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import Params, flatten, initialize_parameters

Floats = NDArray[np.float64]
Shapes = Mapping[str, tuple[int, ...]]

KEYS = ("w0", "b0", "w1", "b1")


def network_shapes(i_size: int, h_size: int, o_size: int) -> Shapes:
    """Return the shapes of a network's arrays, in the order of a row."""
    return dict(zip(KEYS, ((i_size, h_size), (1, h_size), (h_size, o_size), (1, o_size)), strict=True))


def row_size(shapes: Shapes) -> int:
    """Return how many numbers a row holds."""
    return sum(math.prod(shape) for shape in shapes.values())


def fresh_seeds(count: int) -> list[int]:
    """Return seeds for ``count`` episodes that nobody can repeat."""
    return [int(seed) for seed in np.random.default_rng().integers(2**63, size=count)]


def must_be_finite(rows: Floats) -> None:
    """Raise WrongCall unless every network (a row each) is finite."""
    if not math.isfinite(rows.sum()):
        for member, row in enumerate(rows):
            if not np.isfinite(row).all():
                raise WrongCall(f"member {member} is not finite: its network holds a nan or an infinite number")


class Population(Sequence[Params]):
    """Members that lie in the rows of an array; as a sequence, a list of params, made when they are first asked for.

    Attributes:
        rows: (pop_size, n).
        shapes: the arrays that a row holds, one after the other.
    """

    def __init__(self, rows: Floats, shapes: Shapes) -> None:
        self.rows = np.ascontiguousarray(rows, dtype=np.float64)
        self.shapes = shapes
        self._members: list[Params] | None = None

    @classmethod
    def of(cls, pop: Sequence[Params]) -> "Population":
        """Return the params of a list as a population; one that already is stays what it is."""
        if isinstance(pop, Population):
            return pop
        population = cls(np.array([flatten(params) for params in pop]), _shapes(pop[0]))
        population._members = list(pop)
        return population

    def repeated(self, members: NDArray[np.intp], count: int) -> "Population":
        """Return the members of these indices, each ``count`` times in a row."""
        return Population(self.rows[members.repeat(count)], self.shapes)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Params: ...
    @overload
    def __getitem__(self, index: slice) -> "Population": ...
    def __getitem__(self, index: int | slice) -> "Params | Population":
        """Return a member, or some of them as a population."""
        if isinstance(index, slice):
            return Population(self.rows[index], self.shapes)
        return self._members[index] if self._members else self._params(self.rows[index].copy())

    def __iter__(self) -> Iterator[Params]:
        if self._members is None:
            self._members = [self._params(row) for row in self.rows]
        return iter(self._members)

    def __getstate__(self) -> tuple[Floats, Shapes]:
        """Send the array alone."""
        return self.rows, self.shapes

    def __setstate__(self, state: tuple[Floats, Shapes]) -> None:
        self.rows, self.shapes = state
        self._members = None

    def _params(self, row: Floats) -> Params:
        params, start = {}, 0
        for key, shape in self.shapes.items():
            stop = start + math.prod(shape)
            params[key] = row[start:stop].reshape(shape)
            start = stop
        return params


def _shapes(params: Params) -> Shapes:
    return {key: np.shape(value) for key, value in params.items()}


@dataclass(frozen=True)
class RandomNetworks:
    """An ``init`` for evolve: networks of one size with standard-normal weights and zero biases."""

    i_size: int
    h_size: int
    o_size: int

    def __call__(self, rng: np.random.Generator | None = None) -> Params:
        """Return one member."""
        return initialize_parameters(self.i_size, self.h_size, self.o_size, rng)

    def population(self, pop_size: int, rng: np.random.Generator) -> Population:
        """Return as many members, the very floats of as many calls."""
        first, second = self.i_size * self.h_size, self.h_size * self.o_size
        drawn = rng.standard_normal((pop_size, first + second))
        shapes = network_shapes(self.i_size, self.h_size, self.o_size)
        rows = np.zeros((pop_size, row_size(shapes)))
        rows[:, :first] = drawn[:, :first]
        rows[:, first + self.h_size :][:, :second] = drawn[:, first:]
        return Population(rows, shapes)
