"""starmap with tuples of one argument; the pool's size is worked out by hand."""

import multiprocessing
import os

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    if processes is None:
        processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with multiprocessing.Pool(processes) as pool:
        for generation in range(generations):
            results = pool.starmap(fitness, [(params,) for params in pop], chunksize=1)
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
