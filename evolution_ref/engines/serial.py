"""Test a population with the built-in map: one member after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from evolution_ref.engines import MapFn


@contextmanager
def open_engine(processes: int = 1) -> Iterator[MapFn]:
    """Give ``map`` itself."""
    yield map
