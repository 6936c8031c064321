"""concurrent.futures in place of multiprocessing's own pool."""

from concurrent.futures import ProcessPoolExecutor

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.zeros((generations, pop_size))
    with ProcessPoolExecutor(max_workers=processes) as executor:
        for g in range(generations):
            history[g] = list(executor.map(fitness, pop))
            best = pop[int(history[g].argmax())]
            if on_generation is not None:
                on_generation(g, best, history[g])
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
