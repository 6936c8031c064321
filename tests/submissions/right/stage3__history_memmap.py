"""History is a memory-mapped file."""

import tempfile

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    rows = np.memmap(tempfile.TemporaryFile(), dtype=np.float64, shape=(generations, pop_size))
    for g in range(generations):
        res = list(map(fitness, pop))
        best = pop[int(np.argmax(res))]
        rows[g] = res
        if on_generation is not None:
            on_generation(g, best, res)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, rows
