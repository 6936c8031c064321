"""A generator yields each generation; the function collects them."""

import itertools

import numpy as np
from stage2_sample_params import sample_params


def evolution(fitness, init, pop_size, sigma, rng):
    population = [init(rng=rng) for _ in range(pop_size)]
    while True:
        results = np.fromiter(map(fitness, population), dtype=np.float64, count=pop_size)
        best = population[int(results.argmax())]
        yield best, results
        population = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rows = []
    steps = evolution(fitness, init, pop_size, sigma, np.random.default_rng(seed))
    for generation, (best, results) in enumerate(itertools.islice(steps, generations)):
        rows.append(results)
        if on_generation is not None:
            on_generation(generation=generation, best=best, results=results)
    return best, np.stack(rows)
