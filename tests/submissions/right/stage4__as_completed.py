"""Futures are collected in the order in which they end, and sorted back by a dict."""

from concurrent.futures import ProcessPoolExecutor, as_completed

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.full((generations, pop_size), -np.inf)
    executor = ProcessPoolExecutor(processes)
    try:
        for g in range(generations):
            places = {executor.submit(fitness, params): k for k, params in enumerate(pop)}
            for future in as_completed(places):
                history[g, places[future]] = future.result()
            best = pop[history[g].argmax()]
            if on_generation is not None:
                on_generation(g, best, history[g])
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
    return best, history
