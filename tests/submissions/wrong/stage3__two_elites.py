"""The two fittest members are carried over: the second is no draw around the parent."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        order = np.argsort(results)
        best, second = pop[order[-1]], pop[order[-2]]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [best, second] + [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size - 2)]
    return best, np.array(history)
