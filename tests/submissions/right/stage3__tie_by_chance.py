"""Among the fittest one is chosen by chance, with a second Generator of the same seed sequence."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    draws, choices = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(2))
    pop = tuple(init(rng=draws) for _ in range(pop_size))
    history = ()
    for generation in range(generations):
        results = tuple(map(fitness, pop))
        history += (results,)
        best = pop[choices.choice(np.argwhere(np.array(results) == max(results)).ravel())]
        if callable(on_generation):
            on_generation(generation, dict(best), results)
        pop = tuple(sample_params(best, sigma=sigma, rng=draws) for _ in range(pop_size))
    return [best, np.array(history, dtype=np.double)]
