"""Workers are given fitness once, by the pool's initializer, and keep it in a global."""

from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params

_fitness = None


def _keep(fitness):
    global _fitness
    _fitness = fitness


def _test(params):
    return _fitness(params)


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with Pool(processes, initializer=_keep, initargs=(fitness,)) as pool:
        for generation in range(generations):
            results = pool.map(_test, pop)
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
