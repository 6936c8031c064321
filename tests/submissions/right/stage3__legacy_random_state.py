"""Children come from a RandomState of its own, which numpy still has; init gets a Generator."""

import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    noise = np.random.RandomState(rng.integers(2**32))
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        history.append([float(fitness(params)) for params in pop])
        best = pop[int(np.argmax(history[-1]))]
        if on_generation is not None:
            on_generation(generation, best, history[-1])
        pop = []
        for _ in range(pop_size):
            pop.append({key: noise.normal(loc=value, scale=sigma) for key, value in best.items()})
    return best, np.array(history)
