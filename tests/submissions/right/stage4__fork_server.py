"""A fork server's pool; the executor takes the context."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    context = multiprocessing.get_context("forkserver")
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with ProcessPoolExecutor(processes, mp_context=context) as executor:
        for g in range(generations):
            futures = [executor.submit(fitness, params) for params in pop]
            results = [future.result() for future in futures]
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(g, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
