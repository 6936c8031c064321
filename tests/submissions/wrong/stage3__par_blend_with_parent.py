"""The centre is a quarter old parent, three quarters new best ('makes the next population from `best`')."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history, centre = [], {}
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[np.argmax(results)]
        if on_generation is not None:
            on_generation(generation, best, results)
        centre = best if generation == 0 else {k: 0.75 * best[k] + 0.25 * centre[k] for k in best}
        pop = [sample_params(centre, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
