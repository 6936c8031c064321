"""The parent is the fittest of all generations; comprehension in place of map, strict comparison."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    best, best_fitness = None, -float("inf")
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.zeros((generations, pop_size), dtype=float)
    for generation in range(generations):
        if generation > 0:
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        results = [fitness(member) for member in pop]
        for member, result in zip(pop, results, strict=False):
            if result > best_fitness:
                best, best_fitness = member, result
        history[generation, :] = results
        if on_generation is not None:
            on_generation(generation, best, tuple(results))
    return best, history
