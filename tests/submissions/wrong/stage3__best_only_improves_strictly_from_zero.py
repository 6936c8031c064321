"""The best so far starts at fitness 0, which no member reaches where fitness is negative."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    best, top = pop[0], 0
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        if max(results) > top:
            best, top = pop[int(np.argmax(results))], max(results)
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
