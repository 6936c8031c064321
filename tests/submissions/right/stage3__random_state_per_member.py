"""A RandomState each member, from seeds that are spawned."""

import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    root = np.random.SeedSequence(seed)
    pop = [init(rng=np.random.Generator(np.random.PCG64(child))) for child in root.spawn(pop_size)]
    history = np.empty((generations, pop_size))
    best = None
    for g in range(generations):
        history[g] = [fitness(m) for m in pop]
        best = {k: v.copy() for k, v in pop[history[g].argmax()].items()}
        if on_generation:
            on_generation(g, best, history[g].copy())
        if g + 1 < generations:
            states = [np.random.RandomState(s.generate_state(4)) for s in root.spawn(pop_size)]
            pop = [{k: v + sigma * r.randn(*v.shape) for k, v in best.items()} for r in states]
    return best, history
