"""imap, consumed while the members are still being tested."""

from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.empty((generations, pop_size))
    with Pool(processes) as pool:
        for g in range(generations):
            best, top = None, -np.inf
            for k, result in enumerate(pool.imap(fitness, pop)):
                history[g, k] = result
                if result > top:
                    best, top = pop[k], result
            if on_generation is not None:
                on_generation(g, best, list(history[g]))
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
