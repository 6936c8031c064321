"""Every member has a Generator of its own, spawned from the seed."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    root = np.random.SeedSequence(seed)

    def streams():
        return [np.random.default_rng(child) for child in root.spawn(pop_size)]

    pop = [init(rng=rng) for rng in streams()]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        best = pop[results.index(max(results))]
        history.append(results)
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for rng in streams()]
    return best, np.asarray(history)
