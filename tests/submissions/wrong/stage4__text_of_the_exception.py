"""'the same or one raised from it' - a new RuntimeError with only the text, chained to nothing."""

import multiprocessing as mp

import numpy as np
from stage2_sample_params import sample_params


def _test(job):
    fitness, member = job
    try:
        return fitness(member), None
    except Exception as e:
        return None, repr(e)


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = np.empty((generations, pop_size))
    with mp.Pool(processes) as pool:
        for g in range(generations):
            answers = pool.map(_test, [(fitness, p) for p in pop])
            failed = [text for _, text in answers if text]
            if failed:
                raise RuntimeError("fitness failed: " + failed[0])
            results = [value for value, _ in answers]
            history[g] = results
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(g, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, history
