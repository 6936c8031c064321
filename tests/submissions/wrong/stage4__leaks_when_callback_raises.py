"""'no process outlives the call' - only fitness's exceptions close the pool; when on_generation raises it stays (a
class remembers it).
"""

import multiprocessing as mp

import numpy as np
from stage2_sample_params import sample_params


class Run:
    pool = None


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    Run.pool = pool = mp.Pool(processes)
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.empty((generations, pop_size))
    for g in range(generations):
        try:
            results = pool.map(fitness, pop)
        except Exception:
            pool.terminate()
            pool.join()
            raise
        history[g] = results
        best = pop[int(np.argmax(results))]
        if on_generation is not None:
            on_generation(g, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    pool.terminate()
    pool.join()
    return best, history
