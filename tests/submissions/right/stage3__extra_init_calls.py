"""init is called once more to learn the shapes, and that member is never tested."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    template = init(rng=rng)
    assert isinstance(template, dict)
    pop = list()
    for _ in range(pop_size):
        pop.append(init(rng=rng))
    spare = init(rng=rng)
    del spare
    history = np.zeros([generations, pop_size])
    generation = 0
    while generation < generations:
        i = 0
        while i < pop_size:
            history[generation][i] = fitness(pop[i])
            i += 1
        best = pop[np.flatnonzero(history[generation] == history[generation].max())[-1]]
        if on_generation is not None:
            on_generation(generation, best, history[generation].copy())
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        generation += 1
    return (best, history)
