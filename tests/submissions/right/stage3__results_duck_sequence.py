"""Results are of a class of their own that has a length and entries."""


class Results:
    def __init__(self, r):
        self.r = r

    def __len__(self):
        return len(self.r)

    def __getitem__(self, k):
        return self.r[k]


import numpy as np
from stage2_sample_params import sample_params


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    rows = []
    for g in range(generations):
        res = list(map(fitness, pop))
        best = pop[int(np.argmax(res))]
        rows.append(res)
        if on_generation is not None:
            on_generation(g, best, Results(res))
        pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(rows, dtype=float)
