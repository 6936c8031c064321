"""The fittest so far survives unchanged as the first member of the next population."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    population = [init(rng=rng) for _ in range(pop_size)]
    history = np.empty((generations, pop_size))
    for g in range(generations):
        history[g] = list(map(fitness, population))
        best = population[history[g].argmax()]
        if on_generation:
            on_generation(g, best, history[g])
        population = [best] + [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size - 1)]
    return best, history
