"""Results go through a dict keyed by fitness, so equal ones are lost and history gets ragged or is padded ('every
fitness, in order').
"""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        scored = {fitness(p): p for p in pop}
        results = list(scored) + [min(scored)] * (pop_size - len(scored))
        history.append(results)
        best = scored[max(scored)]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
