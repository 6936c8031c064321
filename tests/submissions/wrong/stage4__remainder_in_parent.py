"""'tests each population with a `multiprocessing` pool' - what doesn't divide by processes is tested in the
parent.
"""

import multiprocessing as mp
import os

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    n = processes or os.cpu_count()
    whole = pop_size - pop_size % n
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.empty((generations, pop_size))
    with mp.Pool(n) as pool:
        for g in range(generations):
            results = pool.map(fitness, pop[:whole]) + [fitness(p) for p in pop[whole:]]
            history[g] = results
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(g, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
