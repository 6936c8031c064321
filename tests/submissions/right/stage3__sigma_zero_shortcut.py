"""At sigma 0 the population is the best itself, many times."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for g in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[results.index(max(results))]
        if on_generation is not None:
            on_generation(g, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in pop] if sigma else [best] * pop_size
    return best, np.asarray(history, dtype=np.float64)
