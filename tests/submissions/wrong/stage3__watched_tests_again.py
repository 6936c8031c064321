"""Where on_generation is given, every member is tested once more for it."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        best = pop[int(np.argmax(results))]
        history.append(results)
        if on_generation is not None:
            on_generation(generation, best, list(map(fitness, pop)))
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=np.float64)
