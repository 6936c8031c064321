"""A child has its neighbour's noise, moved on by an entry."""

import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[int(np.argmax(results))]
        if on_generation is not None:
            on_generation(generation, best, results)
        n = sum(v.size for v in best.values())
        z = rng.standard_normal(n + pop_size)
        pop = []
        for i in range(pop_size):
            c, j = {}, i
            for k, v in best.items():
                c[k] = v + sigma * z[j : j + v.size].reshape(v.shape)
                j += v.size
            pop.append(c)
    return best, np.array(history, dtype=float)
