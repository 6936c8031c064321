"""A population as one array: a member a row, cheap to draw, to send and to play."""

import math
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from evolution_ref.policy import Params

Floats = NDArray[np.float64]
Shapes = dict[str, tuple[int, ...]]


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


class Population(Sequence[Params]):
    """Members that lie in the rows of an array; as a sequence, a list of params (views, not copies).

    Attributes:
        rows: (pop_size, n).
        shapes: the arrays that a row holds, one after the other.
    """

    def __init__(self, rows: Floats, shapes: Shapes) -> None:
        self.rows = np.ascontiguousarray(rows, dtype=np.float64)
        self.shapes = shapes

    @classmethod
    def of(cls, pop: Sequence[Params]) -> "Population":
        """Return the params of a list as a population; one that already is stays what it is."""
        if isinstance(pop, Population):
            return pop
        shapes = {key: np.shape(pop[0][key]) for key in KEYS}
        rows = [np.concatenate([params[key].reshape(-1) for key in KEYS]) for params in pop]
        return cls(np.array(rows), shapes)

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
        return self._params(self.rows[index])

    def __iter__(self) -> Iterator[Params]:
        return map(self._params, self.rows)

    def _params(self, row: Floats) -> Params:
        params, start = {}, 0
        for key, shape in self.shapes.items():
            stop = start + math.prod(shape)
            params[key] = row[start:stop].reshape(shape)
            start = stop
        return params
