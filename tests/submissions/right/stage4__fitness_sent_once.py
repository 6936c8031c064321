"""The fitness is sent once to each worker by the initializer, members by starmap_async."""

from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params

_worker = {}


def _begin(fitness):
    _worker["fitness"] = fitness


def _test(place, member):
    return place, _worker["fitness"](member)


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with Pool(processes, initializer=_begin, initargs=(fitness,)) as pool:
        for generation in range(generations):
            results = [value for _, value in sorted(pool.starmap_async(_test, enumerate(pop), chunksize=1).get())]
            best = pop[int(np.argmax(results))]
            history.append(results)
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
