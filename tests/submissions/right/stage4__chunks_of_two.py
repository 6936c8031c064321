"""Chunks of two members; the evolution is a generator that is handed a function to test with."""

from functools import partial
from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params


def generations_of(test, init, pop_size, sigma, rng):
    pop = [init(rng=rng) for _ in range(pop_size)]
    while True:
        results = test(pop)
        best = pop[int(np.argmax(results))]
        yield best, results
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    with Pool(processes) as pool:
        test = partial(pool.map, fitness, chunksize=2)
        run = generations_of(test, init, pop_size, sigma, np.random.default_rng(seed))
        rows = []
        for generation in range(generations):
            best, results = next(run)
            rows.append(results)
            if on_generation is not None:
                on_generation(generation, best, results)
    return best, np.array(rows)
