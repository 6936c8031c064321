"""The first population is filled from its last place."""

from collections import deque

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = deque()
    while len(pop) < pop_size:
        pop.appendleft(init(rng=rng))
    rows = []
    for g in range(generations):
        rows.append([*map(fitness, pop)])
        best = pop[rows[-1].index(max(rows[-1]))]
        if on_generation:
            on_generation(g, best, rows[-1])
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in pop]
    return best, np.array(rows)
