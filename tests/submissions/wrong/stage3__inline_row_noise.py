"""All rows of a weight matrix get the same noise."""

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
        pop = [{k: v + sigma * rng.standard_normal(v.shape[1:]) for k, v in best.items()} for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
