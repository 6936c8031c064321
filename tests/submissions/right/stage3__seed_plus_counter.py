"""Every member has a generator of its own, made from the seed plus a number that counts the members."""

import time

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    if seed is None:
        seed = time.time_ns()
    history, best = [], None
    for g in range(generations):
        pop = []
        for k in range(pop_size):
            rng = np.random.default_rng(seed + g * pop_size + k)
            pop.append(init(rng=rng) if g == 0 else sample_params(best, sigma=sigma, rng=rng))
        results = list(map(fitness, pop))
        history.append(results)
        best, _ = max(zip(pop, results), key=lambda pair: pair[1])
        if on_generation:
            on_generation(g, best, results)
    return best, np.array(history)
