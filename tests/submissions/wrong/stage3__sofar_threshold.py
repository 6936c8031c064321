"""Only what is better by more than 0.01 counts as better."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history, top, best = [], -np.inf, pop[0]
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        k = int(np.argmax(results))
        if results[k] > top + 0.01:
            best, top = pop[k], results[k]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
