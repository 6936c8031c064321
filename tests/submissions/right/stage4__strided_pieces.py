"""Every worker's share is a stride of the population, empty where there are more workers than members."""

import multiprocessing
from functools import partial

import numpy as np
from stage2_sample_params import sample_params


def _some(fitness, members):
    return [fitness(m) for m in members]


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    workers = processes or multiprocessing.cpu_count()
    history = np.zeros((generations, pop_size))
    with multiprocessing.get_context().Pool(workers) as pool:
        for g in range(generations):
            pieces = [pop[k::workers] for k in range(workers)]
            for k, values in enumerate(pool.map(partial(_some, fitness), pieces, 1)):
                history[g, k::workers] = values
            best = pop[int(history[g].argmax())]
            if on_generation is not None:
                on_generation(g, best, history[g])
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        pool.close()
        pool.join()
    return best, history
