"""The engines: ways to test a population, all through one door.

An engine is called as the built-in ``map`` is: ``engine(fitness, pop, seeds)`` returns the fitness of each member, in
order. A new one is a file here that has ``open_engine(setup)``, and a line in ENGINES.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from evolution_ref.mistakes import WrongCall

MapFn = Callable[..., Iterable[float]]


@dataclass(frozen=True)
class Kind:
    """What is known of an engine before it is opened.

    Attributes:
        file: the module here that has it.
        needs: the package without which it can't work.
        extra: the extra of this project that brings the package.
        envs: the environments that it plays; None for all.
    """

    file: str
    needs: str = "numpy"
    extra: str = ""
    envs: tuple[str, ...] | None = None

    @property
    def installed(self) -> bool:
        """Whether it has what it needs."""
        return find_spec(self.needs) is not None


COURSE = ("CartPole-v0", "CartPole-v1", "MountainCarContinuous-v0")

ENGINES = {
    "map": Kind("serial"),
    "pool": Kind("pool"),
    "vectorised": Kind("vectorised", envs=COURSE),
    "compiled": Kind("compiled", "numba", "fast", COURSE),
    "ray": Kind("cluster", "ray", "cluster"),
}


@dataclass(frozen=True)
class Setup:
    """What an engine may want to know when it is opened.

    Attributes:
        env_id: the environment that will be played; None when that is open.
        processes: how many processes test, where the engine has a pool of them.
        address: a Ray cluster to join; None starts one on this machine.
        say: is given a line when something takes a while.
    """

    env_id: str | None = None
    processes: int = 1
    address: str | None = None
    say: Callable[[str], object] = lambda line: None


def open_engine(
    name: str,
    processes: int = 1,
    env_id: str | None = None,
    address: str | None = None,
    say: Callable[[str], object] = lambda line: None,
) -> AbstractContextManager[MapFn]:
    """Return an engine for a ``with`` statement, at whose end its processes are gone; see Setup for the arguments.

    Raises:
        WrongCall: there is no such engine, it is not installed, or it can't play the environment.
    """
    if name not in ENGINES:
        raise WrongCall(f"unknown engine {name!r}: expected one of {', '.join(ENGINES)}")
    kind = ENGINES[name]
    if env_id is not None and kind.envs is not None and env_id not in kind.envs:
        raise WrongCall(f"the engine {name!r} can't play {env_id}: it plays {', '.join(kind.envs)}; take map or pool")
    if address is not None and name != "ray":
        raise WrongCall(f"--address {address}: only the engine 'ray' goes to a cluster, not {name!r}")
    if not kind.installed:
        install = f'python -m pip install -e ".[{kind.extra}]"'
        raise WrongCall(f"the engine {name!r} needs {kind.needs}, which is not installed: {install}")
    module: Any = import_module(f"evolution_ref.engines.{kind.file}")
    engine: AbstractContextManager[MapFn] = module.open_engine(Setup(env_id, processes, address, say))
    return engine


def fastest_engine(env_id: str, processes: int = 1) -> str:
    """Return the name of the fastest engine that is installed and plays this environment."""
    for name in ("compiled", "vectorised"):
        kind = ENGINES[name]
        if kind.installed and env_id in (kind.envs or ()):
            return name
    return "pool" if processes > 1 else "map"
