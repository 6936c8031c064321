"""The survivor's known fitness is reused, so fitness is called too few times."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    results = list(map(fitness, pop))
    history = []
    for generation in range(generations):
        history.append(results)
        best = pop[int(np.argmax(results))]
        if on_generation is not None:
            on_generation(generation, best, results)
        if generation + 1 < generations:
            pop = [best] + [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size - 1)]
            results = [max(results), *map(fitness, pop[1:])]
    return best, np.array(history)
