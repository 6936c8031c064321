"""The fittest so far is the parent and is carried over; a class holds the pool."""

from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params


class Tester:
    def __init__(self, fitness, processes):
        self.fitness, self.pool = fitness, Pool(processes)

    def __enter__(self):
        return lambda pop: self.pool.map(self.fitness, pop)

    def __exit__(self, *_):
        self.pool.close()
        self.pool.join()


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop, rows, best, top = [init(rng=rng) for _ in range(pop_size)], [], None, None
    with Tester(fitness, processes) as test:
        for generation in range(generations):
            results = test(pop)
            rows.append(results)
            k = int(np.argmax(results))
            if top is None or results[k] > top:
                best, top = pop[k], results[k]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [best, *(sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size - 1))]
    return best, np.array(rows)
