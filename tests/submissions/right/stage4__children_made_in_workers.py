"""Children are drawn where they are tested, from seeds of their own."""

import multiprocessing
from functools import partial

import numpy as np
from stage2_sample_params import sample_params


def _child(best, sigma, fitness, seed):
    member = sample_params(best, sigma=sigma, rng=np.random.default_rng(seed))
    return member, fitness(member)


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    root, best = np.random.SeedSequence(seed), None
    pop = [init(rng=np.random.default_rng(s)) for s in root.spawn(pop_size)]
    history = np.zeros((generations, pop_size))
    pool = multiprocessing.Pool(processes)
    try:
        for generation in range(generations):
            if generation == 0:
                results = pool.map(fitness, pop, chunksize=1)
            else:
                pop, results = zip(
                    *pool.map(partial(_child, best, sigma, fitness), root.spawn(pop_size), chunksize=1), strict=False
                )
            history[generation] = results
            best = pop[history[generation].argmax()]
            if on_generation is not None:
                on_generation(generation, best, results)
    finally:
        pool.terminate()
        pool.join()
    return best, history
