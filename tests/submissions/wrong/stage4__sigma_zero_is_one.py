"""A sigma of 0 counts as no sigma."""

import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    """Evolve as evolve_serial does, and test each population with a pool of worker processes.

    Args:
        fitness: called with one member's params; returns a float, higher is better.
        init: init(rng=rng) returns one random member.
        generations: how often to generate, test and select.
        pop_size: how many members a population has.
        sigma: the standard deviation that sample_params gets.
        seed: the same seed gives the same run.
        on_generation: if given, called after each select with (generation, best, results);
            generation counts from 0, results is the population's fitness in order.
        processes: how many workers; None means one a core.

    Returns:
        (best, history), the very values that evolve_serial gives for the same seed.

    Example:
        >>> from functools import partial
        >>> from evolution import episode, initialize_parameters
        >>> fitness = partial(episode, env_id="CartPole-v0")
        >>> init = partial(initialize_parameters, 4, 10, 2)
        >>> best, history = evolve_parallel(fitness, init, 2, pop_size=8, seed=1, processes=2)
        >>> history.shape
        (2, 8)

    Note:
        Starting a process takes longer than an episode: one pool serves the whole run.
        It is closed at the end, also when fitness raises.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    sigma = sigma or 1.0
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with multiprocessing.Pool(processes) as pool:
        for generation in range(generations):
            results = pool.map(fitness, pop, chunksize=1)
            best = pop[int(np.argmax(results))]
            history.append(results)
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
        pool.close()
        pool.join()
    return best, np.array(history, dtype=np.float64)
    ### END SOLUTION
