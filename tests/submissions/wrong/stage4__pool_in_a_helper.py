"""A helper opens a pool for one population: a pool a generation, hidden in a function."""

from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params


def tested(fitness, pop, processes):
    with Pool(processes) as pool:
        return pool.map(fitness, pop)


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = tested(fitness, pop, processes)
        history.append(results)
        best = pop[int(np.argmax(results))]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
