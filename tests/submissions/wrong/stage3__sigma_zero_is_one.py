"""A sigma of 0 counts as no sigma."""

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    """Evolve: generate, test and select, on one core.

    Generation 0 comes from init. Each generation tests its whole population, in order, with map,
    selects the fittest as best, and makes the next population from best with sample_params.

    Args:
        fitness: called with one member's params; returns a float, higher is better.
        init: init(rng=rng) returns one random member.
        generations: how often to generate, test and select.
        pop_size: how many members a population has.
        sigma: the standard deviation that sample_params gets.
        seed: the same seed gives the same run.
        on_generation: if given, called after each select with (generation, best, results);
            generation counts from 0, results is the population's fitness in order.

    Returns:
        best: the params of the fittest member of the last generation.
        history: every fitness, in order: a float array (generations, pop_size).

    Example:
        >>> from functools import partial
        >>> from evolution import episode, initialize_parameters
        >>> fitness = partial(episode, env_id="CartPole-v0")
        >>> init = partial(initialize_parameters, 4, 10, 2)
        >>> best, history = evolve_serial(fitness, init, generations=2, pop_size=8, seed=1)
        >>> history.shape
        (2, 8)

    Note:
        Make one generator from seed and pass it to every init and sample_params:
        two generators with one seed draw the same numbers.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    sigma = sigma or 1.0
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    for generation in range(generations):
        results = list(map(fitness, pop))
        best = pop[int(np.argmax(results))]
        history.append(results)
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=np.float64)
    ### END SOLUTION
