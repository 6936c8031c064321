"""The callback is called only when there is a new record ('called once a generation')."""

import numpy as np
from stage2_sample_params import sample_params


class Evolution:
    def __init__(self, fitness, init, pop_size, sigma, seed):
        self.fitness = fitness
        self.sigma = sigma
        self.rng = np.random.default_rng(seed)
        self.pop = [init(rng=self.rng) for _ in range(pop_size)]
        self.best, self.record = None, -np.inf
        self.rows = []

    def test(self):
        self.results = [self.fitness(p) for p in self.pop]
        self.rows.append(self.results)

    def select(self):
        for f, p in zip(self.results, self.pop):
            if f > self.record:
                self.record, self.best = f, p

    def generate(self):
        self.pop = [sample_params(self.best, sigma=self.sigma, rng=self.rng) for _ in self.pop]


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    run = Evolution(fitness, init, pop_size, sigma, seed)
    for generation in range(generations):
        run.test()
        before = run.record
        run.select()
        if on_generation is not None and run.record > before:
            on_generation(generation, run.best, run.results)
        run.generate()
    return run.best, np.array(run.rows, dtype=float)
