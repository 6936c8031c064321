"""The parent is the best member of the generation with the best mean, neither this generation's best nor the best
so far.
"""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history, level, parent = [], -np.inf, None
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[np.argmax(results)]
        if on_generation is not None:
            on_generation(generation, best, results)
        if np.mean(results) > level:
            level, parent = np.mean(results), best
        pop = [sample_params(parent, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
