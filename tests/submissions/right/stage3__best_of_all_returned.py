"""The parent is this generation's best, the returned member the best of all; carried over as the last member."""

import numpy as np
from stage2_sample_params import sample_params


def select(population, results):
    k = max(range(len(results)), key=lambda i: results[i])
    return population[k], results[k]


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.Generator(np.random.PCG64(seed))
    pop = [init(rng=rng) for _ in range(pop_size)]
    champions, history = [], []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        champions.append(select(pop, results))
        parent = champions[-1][0]
        if on_generation is not None:
            on_generation(np.int64(generation), parent, results)
        children = [sample_params(parent, sigma=sigma, rng=rng) for _ in range(pop_size - 1)]
        pop = [*children, {key: value.copy() for key, value in parent.items()}]
    return max(champions, key=lambda pair: pair[1])[0], np.array(history)
