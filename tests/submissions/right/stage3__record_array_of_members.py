"""The population lies in a numpy array of objects, and is tested by np.vectorize."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = np.empty(pop_size, dtype=object)
    for k in range(pop_size):
        pop[k] = init(rng=rng)
    test = np.vectorize(fitness, otypes=[float])
    history = np.zeros((0, pop_size))
    for generation in range(generations):
        results = test(pop)
        history = np.concatenate([history, results[None, :]])
        best = pop[results.argmax()]
        if on_generation is not None:
            on_generation(generation, best, results)
        for k in range(pop_size):
            pop[k] = sample_params(best, sigma=sigma, rng=rng)
    return best, history
