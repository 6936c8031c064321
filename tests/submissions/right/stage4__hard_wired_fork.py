"""The pool is always forked, and closed by hand in a finally."""

from multiprocessing import get_context

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pool = get_context("fork").Pool(processes=processes)
    try:
        pop = [init(rng=rng) for _ in range(pop_size)]
        rows = []
        for g in range(generations):
            results = pool.map(fitness, pop)
            rows.append(results)
            best = pop[results.index(max(results))]
            if on_generation is not None:
                on_generation(g, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        return best, np.array(rows)
    finally:
        pool.terminate()
        pool.join()
