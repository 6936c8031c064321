"""apply_async with callbacks that fill a row, errors collected and raised anew."""

import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    with multiprocessing.Pool(processes) as pool:
        for generation in range(generations):
            row, errors = [0.0] * pop_size, []
            jobs = [
                pool.apply_async(
                    fitness,
                    (member,),
                    callback=lambda v, k=k, row=row: row.__setitem__(k, v),
                    error_callback=errors.append,
                )
                for k, member in enumerate(pop)
            ]
            for job in jobs:
                job.wait()
            if errors:
                raise ValueError("fitness failed") from errors[0]
            history.append(row)
            best = pop[int(np.argmax(row))]
            if on_generation is not None:
                on_generation(generation, best, row)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history)
