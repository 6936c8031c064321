"""The first population is shuffled before it is tested."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    rng.shuffle(pop)
    history = np.full((generations, pop_size), np.nan)
    for generation in range(generations):
        for k, value in enumerate(map(fitness, pop)):
            history[generation, k] = value
        best = pop[history[generation].argmax()]
        if on_generation is not None:
            on_generation(generation, best, history[generation])
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
