import numpy as np


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    table = None
    n = 0
    for generation in range(generations):
        results = list(map(fitness, pop))
        best = pop[int(np.argmax(results))]
        if table is None:
            table = [{k: rng.standard_normal(v.shape) for k, v in best.items()} for _ in range(48)]
        n += pop_size
        history.append(results)
        if on_generation is not None:
            on_generation(generation, best, results)
        pop = [{k: v + sigma * table[(n + j) % 48][k] for k, v in best.items()} for j in range(pop_size)]
    return best, np.array(history, dtype=np.float64)
