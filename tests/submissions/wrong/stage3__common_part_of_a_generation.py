"""A tenth of the noise's variance is shared by a generation."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        best = pop[int(np.argmax(results))]
        history.append(results)
        if on_generation is not None:
            on_generation(generation, best, results)
        zero = {key: np.zeros_like(value) for key, value in best.items()}
        common = sample_params(zero, sigma=sigma * 0.1**0.5, rng=rng)
        centre = {key: value + common[key] for key, value in best.items()}
        pop = [sample_params(centre, sigma=sigma * 0.9**0.5, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=np.float64)
