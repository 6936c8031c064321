"""functools.reduce over the generations, and a namedtuple for the state."""

from collections import namedtuple
from functools import partial, reduce

import numpy as np
from stage2_sample_params import sample_params

State = namedtuple("State", "population best rows")


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    child = partial(sample_params, sigma=sigma, rng=rng)

    def step(state, generation):
        population = state.population if generation == 0 else [child(state.best) for _ in range(pop_size)]
        results = list(map(fitness, population))
        best = population[int(np.argsort(results, kind="stable")[-1])]
        if on_generation is not None:
            on_generation(generation, best, results)
        return State(population, best, [*state.rows, results])

    first = State([init(rng=rng) for _ in range(pop_size)], None, [])
    last = reduce(step, range(generations), first)
    return last.best, np.array(last.rows, dtype=np.float64).reshape(generations, pop_size)
