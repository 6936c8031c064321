"""Generate: where the members of a generation are drawn from."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from evolution_ref.cma_es import CMAES
from evolution_ref.policy import Params, flatten
from evolution_ref.population import Population, Shapes

Init = Callable[..., Params]


class Search(Protocol):
    """What generates populations and learns from their fitness."""

    def ask(self) -> Population:
        """Return a generation's members."""

    def tell(self, pop: Population, results: ArrayLike, best: Params) -> None:
        """Learn the fitness (pop_size,) of a generation, and which params were selected."""


def first_population(init: Init, pop_size: int, rng: np.random.Generator) -> Population:
    """Return members of ``init``, all at once where it can do that."""
    if hasattr(init, "population"):
        population: Population = init.population(pop_size, rng)
        return population
    return Population.of([init(rng=rng) for _ in range(pop_size)])


class AroundBest:
    """The course's own: first ``init``'s random members, then members drawn around the selected best."""

    def __init__(self, init: Init, pop_size: int, sigma: float, rng: np.random.Generator) -> None:
        self.init, self.pop_size, self.sigma, self.rng = init, pop_size, sigma, rng
        self.best: Params | None = None
        self.shapes: Shapes | None = None

    def ask(self) -> Population:
        """Return pop_size members: the very floats that as many ``sample_params`` give."""
        if self.best is None or self.shapes is None:
            pop = first_population(self.init, self.pop_size, self.rng)
            self.shapes = pop.shapes
            return pop
        mean = flatten(self.best)
        rows = self.rng.standard_normal((self.pop_size, mean.size))
        rows *= self.sigma
        rows += mean
        return Population(rows, self.shapes)

    def tell(self, pop: Population, results: ArrayLike, best: Params) -> None:
        """Draw around ``best`` from now on."""
        self.best = best


class Covariance:
    """CMA-ES on the flattened params: first ``init``'s random members, then CMA-ES from the selected one."""

    def __init__(self, init: Init, pop_size: int, sigma: float, rng: np.random.Generator) -> None:
        self.init, self.pop_size, self.sigma, self.rng = init, pop_size, sigma, rng
        self.shapes: Shapes = {}
        self.cma_es: CMAES | None = None

    def ask(self) -> Population:
        """Return pop_size members."""
        if self.cma_es is None:
            pop = first_population(self.init, self.pop_size, self.rng)
            self.shapes = pop.shapes
            return pop
        return Population(self.cma_es.ask(), self.shapes)

    def tell(self, pop: Population, results: ArrayLike, best: Params) -> None:
        """Begin at ``best``, or adapt mean, step size and covariance."""
        if self.cma_es is None:
            self.cma_es = CMAES(flatten(best), sigma=self.sigma, pop_size=self.pop_size, seed=self.rng)
        else:
            self.cma_es.tell(pop.rows, results)


Method = Callable[[Init, int, float, np.random.Generator], Search]

METHODS: dict[str, Method] = {"es": AroundBest, "cmaes": Covariance}
