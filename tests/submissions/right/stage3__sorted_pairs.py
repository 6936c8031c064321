"""Members are sorted with their place as a tie-breaker, after the results were kept."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = {}
    for generation in range(generations):
        ranked = []
        for place, member in enumerate(pop):
            ranked.append((fitness(member), -place, member))
        history[generation] = [result for result, _, _ in ranked]
        ranked.sort(key=lambda row: row[:2], reverse=True)
        best = ranked[0][2]
        if on_generation is not None:
            on_generation(generation, best, history[generation])
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in pop]
    return best, np.array([history[g] for g in range(generations)])
