"""The engine ``vectorised``: numpy arrays in which all members take their step together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from evolution_ref.engines import MapFn, Setup
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import Params
from evolution_ref.population import fresh_seeds

BLOCK = 4096
"""Members that play together: more need more memory and are no faster."""


def vectorised_map(fitness: Any, pop: Sequence[Params], seeds: Sequence[int] | None = None) -> list[float]:
    """Return the fitness of each member, as ``map`` does; ``fitness`` has a ``batch``, as an Episode has.

    Raises:
        WrongCall: the fitness can't be had for many members at once.
    """
    if not hasattr(fitness, "batch"):
        raise WrongCall(f"the engine 'vectorised' plays episodes, not {fitness!r}: take map or pool")
    numbers = fresh_seeds(len(pop)) if seeds is None else seeds
    results: list[float] = []
    for first in range(0, len(pop), BLOCK):
        part = slice(first, first + BLOCK)
        results += map(float, fitness.batch(pop[part], numbers[part]))
    return results


@contextmanager
def open_engine(setup: Setup) -> Iterator[MapFn]:
    """Give a ``map`` that plays all the episodes at once."""
    yield vectorised_map
