"""All noise of a generation is one array; sample_params is not used."""

import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    keys = list(pop[0])
    shapes = [pop[0][key].shape for key in keys]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    history = np.full((generations, pop_size), np.nan)
    for generation in range(generations):
        for k, params in enumerate(pop):
            history[generation, k] = fitness(params)
        best = pop[int(np.argmax(history[generation]))]
        if on_generation is not None:
            on_generation(generation, best, history[generation].tolist())
        centre = np.concatenate([best[key].ravel() for key in keys])
        rows = centre + rng.normal(scale=sigma, size=(pop_size, centre.size))
        pop = [
            {key: part.reshape(shape) for key, part, shape in zip(keys, np.split(row, ends[:-1]), shapes, strict=False)}
            for row in rows
        ]
    return best, history
