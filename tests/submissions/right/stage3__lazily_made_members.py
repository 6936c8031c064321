"""Each member is made just before it is tested; a closure makes the next one."""

import numpy as np
import stage2_sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    make = lambda: init(rng=rng)
    history = np.zeros((generations, pop_size))
    for row in range(generations):
        best = top = None
        for column in range(pop_size):
            member = make()
            history[row, column] = value = fitness(member)
            if top is None or value > top:
                best, top = member, value
        if on_generation is not None:
            on_generation(row, best, list(history[row]))
        make = lambda parent=best: stage2_sample_params.sample_params(parent, sigma=sigma, rng=rng)
    return best, history
