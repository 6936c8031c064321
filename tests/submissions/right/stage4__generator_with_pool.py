"""A generator yields the generations and closes the pool in its finally."""

import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


def _generations(fitness, pop, generations, sigma, rng, processes):
    with multiprocessing.Pool(processes) as pool:
        for generation in range(generations):
            results = np.array(pool.map(fitness, pop, chunksize=2))
            best = pop[results.argmax()]
            yield generation, best, results
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in pop]


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation, best, results in _generations(fitness, pop, generations, sigma, rng, processes):
        history.append(results)
        if on_generation is not None:
            on_generation(generation, best, results)
    return best, np.vstack(history)
