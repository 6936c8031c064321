"""A generation calls the next one; there is no loop."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)

    def step(generation, population):
        results = list(map(fitness, population))
        best = max(zip(population, results, strict=False), key=lambda pair: pair[1])[0]
        if on_generation is not None:
            on_generation(generation, best, results)
        if generation + 1 == generations:
            return best, [results]
        best, rows = step(generation + 1, [sample_params(best, sigma, rng) for _ in range(pop_size)])
        return best, [results, *rows]

    best, rows = step(0, [init(rng=rng) for _ in range(pop_size)])
    return best, np.array(rows, float)
