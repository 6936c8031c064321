"""map_async, waited for with get; pool closed and joined in an ExitStack."""

from contextlib import ExitStack
from multiprocessing import Pool

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    with ExitStack() as stack:
        pool = Pool(processes)
        stack.callback(pool.join)
        stack.callback(pool.terminate)
        rng = np.random.default_rng(seed)
        pop = [init(rng=rng) for _ in range(pop_size)]
        history = []
        for generation in range(generations):
            waiting = pool.map_async(fitness, pop)
            history.append(waiting.get())
            best = pop[int(np.argmax(history[-1]))]
            if on_generation is not None:
                on_generation(generation, best, history[-1])
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        return best, np.array(history)
