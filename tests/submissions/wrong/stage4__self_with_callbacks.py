"""'with any picklable `fitness`' - the bound method drags init and on_generation along, which need not be
picklable.
"""

import multiprocessing as mp

import numpy as np
from stage2_sample_params import sample_params


class Evolution:
    def __init__(self, fitness, init, on_generation):
        self.fitness, self.init, self.on_generation = fitness, init, on_generation

    def test(self, member):
        return self.fitness(member)

    def run(self, pool, generations, pop_size, sigma, rng):
        pop = [self.init(rng=rng) for _ in range(pop_size)]
        rows = []
        for g in range(generations):
            rows.append(pool.map(self.test, pop))
            best = pop[int(np.argmax(rows[-1]))]
            if self.on_generation is not None:
                self.on_generation(g, best, rows[-1])
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        return best, np.array(rows, dtype=float)


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    run = Evolution(fitness, init, on_generation).run
    with mp.Pool(processes) as pool:
        return run(pool, generations, pop_size, sigma, np.random.default_rng(seed))
