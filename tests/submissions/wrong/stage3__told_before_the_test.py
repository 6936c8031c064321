"""on_generation hears of each generation one late."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history, told = [], None
    for generation in range(generations):
        results = list(map(fitness, pop))
        if told is not None and on_generation is not None:
            on_generation(*told)
        history.append(results)
        best = pop[int(np.argmax(results))]
        told = generation, best, results
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    if on_generation is not None:
        on_generation(*told)
    return best, np.array(history)
