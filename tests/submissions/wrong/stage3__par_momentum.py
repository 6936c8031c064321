"""The centre is pushed on by momentum from the last step ('makes the next population from `best`')."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history, last = [], None
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[np.argmax(results)]
        centre = best if last is None else {k: best[k] + 0.1 * (best[k] - last[k]) for k in best}
        last = best
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(centre, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
