"""Where on_generation is given, the rows of history are sorted."""

import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with multiprocessing.Pool(processes) as pool:
        for generation in range(generations):
            results = pool.map(fitness, pop, chunksize=1)
            best = pop[int(np.argmax(results))]
            history.append(results)
            if on_generation is not None:
                on_generation(generation, best, results)
                results.sort()
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        pool.close()
        pool.join()
    return best, np.array(history, dtype=np.float64)
