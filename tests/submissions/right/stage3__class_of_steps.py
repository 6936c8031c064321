"""A class with a method a step; state in attributes."""

import numpy as np
from stage2_sample_params import sample_params


class Evolution:
    def __init__(self, fitness, sigma, rng):
        self.fitness, self.sigma, self.rng = fitness, sigma, rng
        self.best = None

    def generate(self, pop_size):
        return [sample_params(self.best, sigma=self.sigma, rng=self.rng) for _ in range(pop_size)]

    def test(self, population):
        return [*map(self.fitness, population)]

    def select(self, population, results):
        order = sorted(range(len(results)), key=results.__getitem__)
        self.best = population[order[-1]]


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    run = Evolution(fitness, sigma, rng)
    population, rows = [init(rng=rng) for _ in range(pop_size)], []
    for generation in range(generations):
        rows += [run.test(population)]
        run.select(population, rows[-1])
        (on_generation or (lambda *_: None))(generation, run.best, rows[-1])
        population = run.generate(pop_size)
    return run.best, np.vstack(rows)
