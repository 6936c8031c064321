"""Workers get a place and look the member up in a global that only a forked worker has, and only from the start."""

from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params

SHARED = {}


def test(place):
    return SHARED["fitness"](SHARED["pop"][place])


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    SHARED.update(fitness=fitness, pop=pop)
    history = []
    with Pool(processes) as pool:
        for generation in range(generations):
            results = pool.map(test, range(pop_size))
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
            SHARED["pop"] = pop
    return best, np.array(history)
