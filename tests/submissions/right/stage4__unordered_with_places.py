"""Results are taken as they come, each with the place of its member."""

from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params


def placed(task):
    place, fitness, params = task
    return place, fitness(params)


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.empty((generations, pop_size))
    with Pool(processes) as pool:
        for g in range(generations):
            tasks = [(k, fitness, params) for k, params in enumerate(pop)]
            for k, result in pool.imap_unordered(placed, tasks):
                history[g, k] = result
            best = pop[int(np.argmax(history[g]))]
            if on_generation is not None:
                on_generation(g, best, history[g].copy())
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
