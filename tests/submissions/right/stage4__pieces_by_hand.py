"""A piece of the population a worker, cut by hand: as many pieces as workers."""

import itertools
import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


def test_piece(fitness, piece):
    return [fitness(params) for params in piece]


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    workers = processes or multiprocessing.cpu_count()
    cuts = np.linspace(0, pop_size, workers + 1).astype(int)
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with multiprocessing.Pool(workers) as pool:
        for generation in range(generations):
            pieces = [(fitness, pop[a:b]) for a, b in itertools.pairwise(cuts)]
            results = [result for piece in pool.starmap(test_piece, pieces, chunksize=1) for result in piece]
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
