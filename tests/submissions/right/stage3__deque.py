"""The population is a queue that is used up; results reach on_generation as a deque."""

from collections import deque

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    queue = deque(init(rng=rng) for _ in range(pop_size))
    rows = deque()
    for generation in range(generations):
        results, best, top = deque(), None, None
        while queue:
            member = queue.popleft()
            value = fitness(member)
            results.append(value)
            if top is None or value >= top:
                best, top = member, value
        rows.append(list(results))
        if on_generation is not None:
            on_generation(generation, best, results)
        queue.extend(sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size))
    return best, np.array(list(rows), dtype="float64")
