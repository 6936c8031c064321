"""Test a population in numpy arrays: all members take their step together."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from evolution_ref.engines import MapFn
from evolution_ref.episode import Episode
from evolution_ref.policy import Params


@contextmanager
def open_engine(processes: int = 1) -> Iterator[MapFn]:
    """Give a ``map`` that plays all the episodes at once."""

    def vectorised_map(fitness: Episode, pop: Sequence[Params], seeds: Sequence[int]) -> Iterable[float]:
        return [float(value) for value in fitness.batch(pop, seeds)]

    yield vectorised_map
