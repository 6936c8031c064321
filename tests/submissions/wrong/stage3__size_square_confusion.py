"""`pop_size` and `generations` stand in the other order in the signature, so a call by position swaps them, seen
only when they differ (`evolve_serial(fitness, init, generations, pop_size, ...)`).
"""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, pop_size, generations, sigma=1.0, seed=None, on_generation=None):
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
    return best, np.array(history, dtype=float)
