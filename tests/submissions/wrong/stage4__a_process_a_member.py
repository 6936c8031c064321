"""Each member is tested by a process of its own, in every generation: there is no pool."""

import multiprocessing

import numpy as np
from stage2_sample_params import sample_params


def _work(fitness, params, k, queue):
    try:
        queue.put((k, fitness(params), None))
    except Exception as error:
        queue.put((k, None, error))


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    rng = np.random.default_rng(seed)
    pop = [init(rng=rng) for _ in range(pop_size)]
    history = []
    if True:
        for generation in range(generations):
            queue = multiprocessing.Queue()
            workers = [multiprocessing.Process(target=_work, args=(fitness, p, k, queue)) for k, p in enumerate(pop)]
            for worker in workers:
                worker.start()
            answers = [queue.get() for _ in workers]
            for worker in workers:
                worker.join()
            for _, _, error in answers:
                if error is not None:
                    raise error
            results = [value for _, value, _ in sorted(answers, key=lambda answer: answer[0])]
            history.append(results)
            best = pop[int(np.argmax(results))]
            if on_generation is not None:
                on_generation(generation, best, results)
            pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]
    return best, np.array(history, dtype=float)
