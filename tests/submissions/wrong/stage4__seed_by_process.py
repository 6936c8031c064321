"""Children are drawn by the workers from the number of their process: no two runs are the same."""

import os
from functools import partial
from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params


def child(place, best, sigma):
    rng = np.random.default_rng([os.getpid(), place, int(1e6 * abs(best["w0"].sum()))])
    return sample_params(best, sigma=sigma, rng=rng)


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with Pool(processes) as pool:
        for generation in range(generations):
            results = pool.map(fitness, pop)
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = pool.map(partial(child, best=best, sigma=sigma), range(pop_size))
    return best, np.array(history)
