"""A contextmanager that yields the test, on forkserver."""

import multiprocessing as mp
import os
from contextlib import contextmanager

import numpy as np
from stage2_sample_params import sample_params


@contextmanager
def tester(processes):
    pool = mp.get_context("forkserver").Pool(processes or len(os.sched_getaffinity(0)))
    try:
        yield lambda fitness, pop: list(pool.imap(fitness, pop, chunksize=3))
    finally:
        pool.close()
        pool.join()


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with tester(processes) as test:
        for generation in range(generations):
            results = test(fitness, pop)
            best = pop[int(np.argmax(results))]
            history.append(results)
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
