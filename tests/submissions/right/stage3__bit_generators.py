"""Philox for init and SFC64 for the noise; the last of the fittest."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.Generator(np.random.Philox(seed))
    noise = np.random.Generator(np.random.SFC64(None if seed is None else [seed, 1]))
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.full((generations, pop_size), np.nan)
    g = 0
    while g < generations:
        for k, member in enumerate(pop):
            history[g, k] = fitness(member)
        best = pop[np.flatnonzero(history[g] == history[g].max())[-1]]
        if on_generation is not None:
            on_generation(g, dict(best), list(history[g]))
        pop = [sample_params(best, sigma=sigma, rng=noise) for _ in range(pop_size)]
        g += 1
    return best, history
