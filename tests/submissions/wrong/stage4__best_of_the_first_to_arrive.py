"""imap_unordered with the members of pop: results and members no longer belong together."""

from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.zeros((generations, pop_size))
    with Pool(processes) as pool:
        for generation in range(generations):
            for k, result in enumerate(pool.imap_unordered(fitness, pop)):
                history[generation, k] = result
            best = pop[int(history[generation].argmax())]
            if on_generation is not None:
                on_generation(generation, best, history[generation])
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
