"""One more call of init, with a generator of its own, tells the form of a member."""

import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    example = init(rng=np.random.default_rng(42))
    size = sum(v.nbytes for v in example.values())
    print(f"{pop_size} members of {size} bytes")
    rng = np.random.default_rng(seed)
    with multiprocessing.Pool(processes) as pool:
        pop = [init(rng=rng) for _ in range(pop_size)]
        history = []
        for g in range(generations):
            history.append(pool.map(fitness, pop))
            best = pop[int(np.argmax(history[-1]))]
            if on_generation is not None:
                on_generation(g, best, history[-1])
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
