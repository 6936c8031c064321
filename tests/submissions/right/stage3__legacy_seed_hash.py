"""A generator each member, from a hash of the seed, the generation and the place; the fittest so far."""

import hashlib

import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    if seed is None:
        seed = int.from_bytes(np.random.default_rng().bytes(8), "big")

    def stream(g, k):
        digest = hashlib.sha256(f"{seed}/{g}/{k}".encode()).digest()
        return np.random.default_rng(list(digest))

    pop = [init(rng=stream(0, k)) for k in range(pop_size)]
    history, champion, top = [], None, -np.inf
    for g in range(generations):
        results = [float(r) for r in map(fitness, pop)]
        history += results
        k = int(np.argmax(results))
        if results[k] >= top:
            champion, top = pop[k], results[k]
        if on_generation is not None:
            on_generation(np.int64(g), champion, np.array(results))
        pop = [sample_params(champion, sigma, stream(g + 1, k)) for k in range(pop_size)]
    return champion, np.reshape(np.array(history, dtype=float), (generations, pop_size))
