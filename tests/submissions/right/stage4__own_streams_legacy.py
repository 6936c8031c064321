"""A RandomState for all noise; the pool is closed by hand."""

from multiprocessing import Pool

import numpy as np


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    state = np.random.RandomState(seed)
    pop = [init(rng=np.random.default_rng(state.randint(0, 2**31, size=4))) for _ in range(pop_size)]
    history = []
    pool = Pool(processes)
    try:
        for g in range(generations):
            results = list(pool.imap(fitness, pop))
            history.append(results)
            best = max(zip(results, range(pop_size), strict=True))[1]
            best = pop[best]
            if on_generation:
                on_generation(g, best, results)
            pop = [{k: state.normal(v, sigma) for k, v in best.items()} for _ in range(pop_size)]
        pool.close()
    except BaseException:
        pool.terminate()
        raise
    finally:
        pool.join()
    return best, np.array(history)
