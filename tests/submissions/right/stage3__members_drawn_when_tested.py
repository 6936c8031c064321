"""map over a generator of children; the members remembered as they come."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)

    def initial():
        for _ in range(pop_size):
            yield init(rng=rng)

    def children(parent):
        yield from (sample_params(parent, sigma=sigma, rng=rng) for _ in range(pop_size))

    source, rows, g = initial(), [], 0
    while g < generations:
        kept = []
        rows.append(list(map(lambda p: kept.append(p) or fitness(p), source)))
        best = sorted(zip(rows[g], range(pop_size), strict=False), reverse=True)[0][1]
        best = kept[best]
        if callable(on_generation):
            on_generation(g, best, rows[g])
        source, g = children(best), g + 1
    return (best, np.array(rows, dtype="float64"))
