"""A population smaller than the pool is cut into pieces of no member."""

import multiprocessing
from functools import partial

import numpy as np
from stage2_sample_params import sample_params


def _piece(fitness, piece):
    return [fitness(p) for p in piece]


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with multiprocessing.Pool(processes) as pool:
        for generation in range(generations):
            n = processes or multiprocessing.cpu_count()
            size = len(pop) // n
            parts = [pop[k : k + size] for k in range(0, len(pop), size)]
            results = [r for part in pool.map(partial(_piece, fitness), parts) for r in part]
            best = pop[int(np.argmax(results))]
            history.append(results)
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        pool.close()
        pool.join()
    return best, np.array(history, dtype=np.float64)
