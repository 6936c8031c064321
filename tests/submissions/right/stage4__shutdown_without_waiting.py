"""An executor under spawn, shut down without waiting for it."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    executor = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        for generation in range(generations):
            results = list(executor.map(fitness, pop))
            best = pop[int(np.argmax(results))]
            history.append(results)
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    return best, np.array(history)
