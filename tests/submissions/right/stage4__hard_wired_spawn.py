"""The pool is always spawned, whatever the default start method."""

import multiprocessing as mp

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    rows = []
    with mp.get_context("spawn").Pool(processes) as pool:
        for g in range(generations):
            rows.append(pool.map(fitness, pop))
            best = pop[int(np.argmax(rows[-1]))]
            if on_generation is not None:
                on_generation(g, best, rows[-1])
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(rows)
