"""No more workers than members; the parent is the fittest so far."""

from concurrent.futures import ProcessPoolExecutor
from os import cpu_count

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history, best, top = [], None, float("-inf")
    with ProcessPoolExecutor(min(processes or cpu_count(), pop_size)) as executor:
        for g in range(generations):
            futures = [executor.submit(fitness, p) for p in pop]
            results = [f.result() for f in futures]
            history.append(results)
            if max(results) > top:
                top = max(results)
                best = pop[results.index(top)]
            if on_generation is not None:
                on_generation(g, best, tuple(results))
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
