"""It opens a pool and then lets stage 3 do the work."""

from multiprocessing import Pool

from stage3_serial import evolve_serial


def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=None):
    with Pool(processes):
        return evolve_serial(fitness, init, generations, pop_size, sigma, seed, on_generation)
