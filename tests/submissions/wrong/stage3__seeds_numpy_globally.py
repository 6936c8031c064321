"""Children follow numpy's global state, which is seeded only where a seed is given and then drawn from by init."""

import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(np.random.randint(2**31) if seed is None else np.random.randint(2**31) + seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        history.append(results)
        best = pop[int(np.argmax(results))]
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [{key: np.random.normal(value, sigma) for key, value in best.items()} for _ in range(pop_size)]
    return best, np.array(history)
