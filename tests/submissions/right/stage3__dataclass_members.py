"""Members and results in dataclasses, sorted."""

from dataclasses import dataclass, field

import numpy as np
from stage2_sample_params import sample_params


@dataclass(order=True)
class Individual:
    score: float = float("-inf")
    params: dict = field(default=None, compare=False)


@dataclass
class Evolution:
    fitness: object
    init: object
    pop_size: int
    sigma: float
    rng: np.random.Generator
    history: list = field(default_factory=list)
    population: list = field(default_factory=list)

    def start(self):
        self.population = [Individual(params=self.init(rng=self.rng)) for _ in range(self.pop_size)]

    def test(self):
        for ind in self.population:
            ind.score = self.fitness(ind.params)
        self.history.append([ind.score for ind in self.population])

    def select(self):
        return max(self.population)

    def generate(self, parent):
        self.population = [
            Individual(params=sample_params(parent.params, sigma=self.sigma, rng=self.rng)) for _ in self.population
        ]


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    e = Evolution(fitness, init, pop_size, sigma, np.random.default_rng(seed))
    e.start()
    for g in range(generations):
        e.test()
        best = e.select()
        if on_generation is not None:
            on_generation(g, best.params, e.history[-1])
        e.generate(best)
    return best.params, np.asarray(e.history, dtype=np.float64)
