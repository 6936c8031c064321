"""The children of a generation share one row of noise, each turned by a place."""

import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        best = pop[int(np.argmax(results))]
        history.append(results)
        if on_generation is not None:
            on_generation(generation, best, results)
        size = sum(value.size for value in best.values())
        noise = sigma * rng.standard_normal(size)
        pop = []
        for k in range(pop_size):
            turned, start, child = np.roll(noise, k), 0, {}
            for key, value in best.items():
                child[key] = value + turned[start : start + value.size].reshape(value.shape)
                start += value.size
            pop.append(child)
    return best, np.array(history, dtype=np.float64)
