"""What was seen of one run of an evolve function: every call of fitness and init, in order, and what came back."""

from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Params = dict[str, NDArray[np.float64]]


class Problem(Protocol):
    """What an evolve function is run on. Pure functions of their arguments: the same draw, the same member."""

    def member(self, draw: int) -> Params:
        """Return the member of generation 0 for the number that ``init`` drew from ``rng``."""

    def fitness(self, params: Params) -> float:
        """Return the fitness; raise a built-in exception to have it raised in the student's process."""


@runtime_checkable
class Interrupting(Protocol):
    """A problem whose ``on_generation`` raises."""

    def interruption(self) -> Exception:
        """Return the built-in exception to have raised in the student's process."""


@dataclass(frozen=True)
class InitCall:
    """One call of ``init``: the number drawn, whether a Generator was passed, how many calls of fitness came before."""

    draw: int
    had_rng: bool
    params: Params
    fitness_calls_before: int


@dataclass(frozen=True)
class FitnessCall:
    """One call of ``fitness``.

    Attributes:
        params: the argument as it arrived; not a dict of arrays where the student passed something else.
        value: what was answered; None where an exception was.
        worker: which process asked, numbered from 0 in order of appearance.
        in_parent: whether that was the process that runs the evolve function itself.
    """

    params: Any
    value: float | None
    worker: int
    in_parent: bool


@dataclass(frozen=True)
class GenerationCall:
    """One call of ``on_generation`` with its arguments.

    Attributes:
        fitness_calls_before: how many calls of fitness came before it.
        pool_there: whether other processes were there meanwhile, where workers had tested before; else True.
    """

    generation: Any
    best: Any
    results: Any
    fitness_calls_before: int
    pool_there: bool = True


@dataclass
class Run:
    """What one call of an evolve function did.

    Attributes:
        value: what it returned, plain; ``None`` where it raised.
        calls: the calls of fitness in the order in which they were answered.
        inits: the calls of init, in order.
        generations: the calls of on_generation, in order.
        rounds: with a rendezvous, how many different workers were waiting each time that calls were answered.
        leftover: how many processes of the student's were still alive one second after the call
            (those of the standard library's fork server and resource tracker not counted).
        fault: the StudentFault where the function raised or was stopped; None where it returned.
        seconds: wall time of the call, to be shown and never graded.
    """

    value: Any = None
    calls: list[FitnessCall] = field(default_factory=list)
    inits: list[InitCall] = field(default_factory=list)
    generations: list[GenerationCall] = field(default_factory=list)
    rounds: list[int] = field(default_factory=list)
    leftover: int = 0
    fault: Exception | None = None
    seconds: float = 0.0

    @property
    def best(self) -> Any:
        """The first of the two values returned, None where there are not two."""
        return self.value[0] if isinstance(self.value, (tuple, list)) and len(self.value) == 2 else None

    @property
    def history(self) -> Any:
        """The second of the two values returned, None where there are not two."""
        return self.value[1] if isinstance(self.value, (tuple, list)) and len(self.value) == 2 else None
