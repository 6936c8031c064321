"""The children follow numpy's global state, seeded once: a fitness that draws from it changes the run."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    np.random.seed(None if seed is None else seed % 2**32)
    rng = np.random.default_rng(np.random.randint(2**31))
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[int(np.argmax(results))]
        if on_generation is not None:
            on_generation(generation, best, results)
        rng = np.random.default_rng(np.random.randint(2**31))
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
