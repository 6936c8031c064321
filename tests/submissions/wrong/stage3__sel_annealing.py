"""Simulated annealing sometimes accepts a worse parent and sometimes keeps the old one, so the parent may be
neither of the two that are allowed.
"""

import math

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history, best, current = [], None, None
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        i = int(np.argmax(results))
        if best is None or results[i] >= current or rng.random() < math.exp(results[i] - current):
            best, current = pop[i], results[i]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
