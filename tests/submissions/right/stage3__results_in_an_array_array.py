"""Results in an array.array and a deque of rows; np.stack."""

from array import array
from collections import deque

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop, rows = tuple(init(rng=rng) for _ in range(pop_size)), deque(maxlen=generations)
    for generation in range(generations):
        results = array("d", map(fitness, pop))
        rows.append(np.frombuffer(results))
        best = pop[np.argmax(results)]
        on_generation is None or on_generation(
            np.int64(generation), best, memoryview(results).tolist() if generation % 2 else results
        )
        pop = tuple(sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size))
    return best, np.stack(rows)
