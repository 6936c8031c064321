"""The pool has one worker less than processes says."""

import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with multiprocessing.Pool(max(1, processes - 1) if processes else None) as pool:
        for generation in range(generations):
            results = pool.map(fitness, pop)
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
