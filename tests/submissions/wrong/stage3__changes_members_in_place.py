"""Children are made by adding to the parent's own arrays, so the parent moves along."""

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
        pop = []
        for _ in range(pop_size):
            child = dict(best)
            for key in child:
                child[key] += sigma * rng.standard_normal(child[key].shape)
            pop.append(child)
    return best, np.array(history)
