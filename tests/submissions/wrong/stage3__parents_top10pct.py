"""Ten per cent of a population are parents: of fewer than twenty that is one, of forty four."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[int(np.argmax(results))]
        if on_generation is not None:
            on_generation(generation, best, results)
        order = np.argsort(results)[::-1][: max(1, pop_size // 10)]
        pop = [sample_params(pop[order[k % len(order)]], sigma=sigma, rng=rng) for k in range(pop_size)]
    return best, np.array(history, dtype=float)
