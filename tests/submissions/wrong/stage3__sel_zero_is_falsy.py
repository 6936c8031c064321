"""A best fitness of exactly 0.0 counts as 'none yet', so a worse member replaces it ('selects the fittest as
`best`').
"""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history, best, best_fitness = [], None, None
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        for f, p in zip(results, pop):
            if not best_fitness or f > best_fitness:
                best_fitness, best = f, p
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
