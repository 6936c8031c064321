"""The engines: ways to test a population, all through one door, all with the same answer.

An engine is called as the built-in ``map`` is: ``engine(fitness, pop, seeds)`` returns the fitness of each member,
in order. A new one is a file here that has ``open_engine``, and a line in ENGINES.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

from evolution_ref.mistakes import WrongCall

MapFn = Callable[..., Iterable[float]]

ENGINES = {  # name: the file here that has it
    "map": "serial",
    "pool": "pool",
    "vectorised": "vectorised",
}


def open_engine(name: str, processes: int = 1) -> AbstractContextManager[MapFn]:
    """Return an engine for a ``with`` statement, at whose end its processes are gone.

    Args:
        name: a key of ENGINES.
        processes: how many processes test, where the engine has a pool.

    Raises:
        WrongCall: there is no such engine.
    """
    if name not in ENGINES:
        raise WrongCall(f"unknown engine {name!r}: expected one of {', '.join(ENGINES)}")
    module: Any = import_module(f"evolution_ref.engines.{ENGINES[name]}")
    engine: AbstractContextManager[MapFn] = module.open_engine(processes)
    return engine
