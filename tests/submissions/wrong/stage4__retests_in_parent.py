"""'`fitness` is called exactly `generations * pop_size` times' in the pool - when one test raises, the parent
tests the whole population again itself.
"""

import multiprocessing as mp

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.empty((generations, pop_size))
    with mp.Pool(processes) as pool:
        for g in range(generations):
            try:
                results = pool.map(fitness, pop)
            except Exception:
                results = list(map(fitness, pop))
            history[g] = results
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(g, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
