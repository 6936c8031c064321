"""Children are drawn in the parent, each from a stream of its own; another order of draws than in stage 3."""

from multiprocessing import Pool, cpu_count

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    seeds = np.random.SeedSequence(seed)
    pop = [init(rng=np.random.default_rng(child)) for child in seeds.spawn(pop_size)]
    history = np.zeros((generations, pop_size))
    pool = Pool(cpu_count() if processes is None else processes)
    try:
        for generation in range(generations):
            history[generation, :] = pool.map(fitness, pop)
            best = pop[int(history[generation].argmax())]
            if on_generation is not None:
                on_generation(generation, best, history[generation])
            pop = [sample_params(best, sigma=sigma, rng=np.random.default_rng(s)) for s in seeds.spawn(pop_size)]
    except BaseException:
        pool.terminate()
        raise
    else:
        pool.close()
    finally:
        pool.join()
    return best, history
