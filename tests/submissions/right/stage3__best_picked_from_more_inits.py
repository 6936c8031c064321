"""Twice as many members from init, the first half tested; best is the best ever, in an OrderedDict."""

from collections import OrderedDict

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.Generator(np.random.MT19937(seed))
    pop = [init(rng=rng) for _ in range(2 * pop_size)][:pop_size]
    history = np.empty((generations, pop_size), order="F")
    champion, record = None, float("-inf")
    g = 0
    while True:
        if g == generations:
            break
        history[g] = tuple(map(fitness, pop))
        top = max(zip(history[g], range(pop_size), strict=False))
        if top[0] >= record:
            record, champion = top[0], OrderedDict((k, v.copy()) for k, v in pop[top[1]].items())
        if on_generation is not None:
            on_generation(generation=g, best=champion, results=history[g].copy())
        elite = int(rng.integers(pop_size))
        pop = [champion if k == elite else sample_params(champion, sigma, rng) for k in range(pop_size)]
        g += 1
    return champion, history
