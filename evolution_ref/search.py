"""Generate: where the members of a generation are drawn from."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from evolution_ref.cma_es import CMAES
from evolution_ref.policy import Params, flatten, sample_params, unflatten

Init = Callable[..., Params]


class Search(Protocol):
    """What generates populations and learns from their fitness."""

    def ask(self) -> list[Params]:
        """Return a generation's members."""

    def tell(self, pop: Sequence[Params], results: ArrayLike, best: Params) -> None:
        """Learn the fitness (pop_size,) of a generation, and which params were selected."""


class AroundBest:
    """The course's own: first ``init``'s random members, then members drawn around the selected best."""

    def __init__(self, init: Init, pop_size: int, sigma: float, rng: np.random.Generator) -> None:
        self.init, self.pop_size, self.sigma, self.rng = init, pop_size, sigma, rng
        self.best: Params | None = None

    def ask(self) -> list[Params]:
        """Return pop_size members."""
        if self.best is None:
            return [self.init(rng=self.rng) for _ in range(self.pop_size)]
        return [sample_params(self.best, sigma=self.sigma, rng=self.rng) for _ in range(self.pop_size)]

    def tell(self, pop: Sequence[Params], results: ArrayLike, best: Params) -> None:
        """Draw around ``best`` from now on."""
        self.best = best


class Covariance:
    """CMA-ES on the flattened params; begins at a member of ``init``."""

    def __init__(self, init: Init, pop_size: int, sigma: float, rng: np.random.Generator) -> None:
        self.like = init(rng=rng)
        self.cma_es = CMAES(flatten(self.like), sigma=sigma, pop_size=pop_size, seed=rng)

    def ask(self) -> list[Params]:
        """Return pop_size members."""
        return [unflatten(vector, self.like) for vector in self.cma_es.ask()]

    def tell(self, pop: Sequence[Params], results: ArrayLike, best: Params) -> None:
        """Adapt mean, step size and covariance."""
        self.cma_es.tell(np.array([flatten(params) for params in pop]), results)


Method = Callable[[Init, int, float, np.random.Generator], Search]

METHODS: dict[str, Method] = {"es": AroundBest, "cmaes": Covariance}
