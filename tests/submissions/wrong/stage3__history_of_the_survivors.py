"""Each row of history is the best so far at that place: numbers that no member had."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.full((generations, pop_size), -np.inf)
    for generation in range(generations):
        results = np.array(list(map(fitness, pop)))
        history[generation] = np.maximum(results, history[generation - 1]) if generation else results
        best = pop[int(np.argmax(results))]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
