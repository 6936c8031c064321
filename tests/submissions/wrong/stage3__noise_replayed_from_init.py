"""A second generator with the same seed draws the children, so generation 1 replays generation 0's numbers ('each
generation draws anew').
"""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    if seed is None:
        seed = np.random.SeedSequence().entropy
    init_rng = np.random.default_rng(seed)
    sample_rng = np.random.default_rng(seed)
    pop = [init(rng=init_rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[np.argmax(results)]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=sample_rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
