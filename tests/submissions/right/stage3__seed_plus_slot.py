"""Every place in the population has a generator of its own, made from the seed plus the place."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    """Every slot of the population has a generator of its own."""
    if seed is None:
        seed = int(np.random.SeedSequence().entropy)
    rngs = [np.random.default_rng(seed + k) for k in range(pop_size)]
    pop = [init(rng=r) for r in rngs]
    history = []
    for g in range(generations):
        results = [fitness(p) for p in pop]
        history.append(results)
        best = pop[int(np.argmax(results))]
        if on_generation:
            on_generation(g, best, results)
        pop = [sample_params(best, sigma=sigma, rng=r) for r in rngs]
    return best, np.array(history)
