"""The ladder: its rungs, and how far each is above the one below."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from evolution_ref.mistakes import WrongCall

ENV_ID = "CartPole-v1"
POP_SIZE = 4096
SECONDS = 0.6
"""A rung is measured for as long, and once at least."""


@dataclass(frozen=True)
class Rung:
    """A way to test a population.

    Attributes:
        name: what it is called.
        why: why it is faster than the one below.
        below: the name of the rung that it is compared with; empty for a lowest one.
        measure: returns the steps of living members a second; raises WrongCall where it can't.
    """

    name: str
    why: str
    below: str
    measure: Callable[[], float]


@dataclass(frozen=True)
class Standing:
    """A measured rung.

    Attributes:
        rung: which one.
        speed: steps a second; 0 where it could not be measured.
        ratio: to the rung below; 0 where there is none.
        said: why there is no speed.
    """

    rung: Rung
    speed: float = 0.0
    ratio: float = 0.0
    said: str = ""


def climb(rungs: Iterable[Rung], before: Callable[[Rung], object] = lambda rung: None) -> Iterator[Standing]:
    """Measure rung after rung; ``before`` is called with each before it is measured."""
    speeds: dict[str, float] = {}
    for rung in rungs:
        before(rung)
        try:
            speed = rung.measure()
        except WrongCall as reason:
            yield Standing(rung, said=str(reason))
            continue
        speeds[rung.name] = speed
        yield Standing(rung, speed, speed / speeds[rung.below] if rung.below in speeds else 0.0)
