"""Ties are broken by np.random.choice, so with ties the run hangs on the global state ('whatever the global numpy
random state').
"""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = np.array([fitness(p) for p in pop], dtype=float)
        history.append(results)
        best = pop[np.random.choice(np.flatnonzero(results == results.max()))]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.stack(history)
