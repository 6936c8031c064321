from stage4_parallel import evolve_parallel


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    return evolve_parallel(fitness, init, generations, pop_size, sigma, seed, on_generation, processes=1)
