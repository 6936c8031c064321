"""The noise comes from the standard library's random.gauss, number by number."""

import random

import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    dice = random.Random(seed)
    rng = np.random.default_rng(dice.getrandbits(64))
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for g in range(generations):
        results = tuple(map(fitness, pop))
        history.append(results)
        place = max(range(pop_size), key=results.__getitem__)
        best = pop[place]
        if on_generation is not None:
            on_generation(g, best, results)
        pop = []
        for _ in range(pop_size):
            pop.append({k: np.array([dice.gauss(x, sigma) for x in v.flat]).reshape(v.shape) for k, v in best.items()})
    return best, np.array(history)
