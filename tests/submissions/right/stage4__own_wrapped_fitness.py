"""A callable object wraps fitness and raises its errors from the original one."""

import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


class Careful:
    def __init__(self, fitness):
        self.fitness = fitness

    def __call__(self, params):
        try:
            return float(self.fitness(params))
        except Exception as error:
            raise RuntimeError("a member could not be tested") from error


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with multiprocessing.Pool(processes, maxtasksperchild=None) as pool:
        for generation in range(generations):
            results = list(pool.imap(Careful(fitness), pop, chunksize=1))
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
