"""Members are views of one matrix that is written anew each generation; best is a copy."""

import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    first = [init(rng=rng) for _ in range(pop_size)]
    keys = list(first[0])
    shapes = {k: first[0][k].shape for k in keys}

    def view(row):
        out, at = {}, 0
        for k in keys:
            n = int(np.prod(shapes[k]))
            out[k] = row[at : at + n].reshape(shapes[k])
            at += n
        return out

    matrix = np.array([np.concatenate([m[k].ravel() for k in keys]) for m in first])
    history = []
    for g in range(generations):
        results = [fitness(view(row)) for row in matrix]
        history.append(results)
        mean = matrix[int(np.argmax(results))].copy()
        best = view(mean)
        if on_generation is not None:
            on_generation(g, best, results)
        matrix[:] = rng.normal(mean, sigma, size=matrix.shape)
    return best, np.array(history)
