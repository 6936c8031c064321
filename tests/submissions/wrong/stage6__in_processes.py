"""Right numbers from two processes with one episode after another in each: no arrays, and no five times."""

import multiprocessing
from functools import partial

import numpy as np
from evolution import episode


def stack(pop):
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.asarray(observations, np.float64)[:, None]
    return (np.maximum(x @ stacked["w0"] + stacked["b0"], 0) @ stacked["w1"] + stacked["b1"])[:, 0]


def play(env_id, job):
    params, seed = job
    return episode(params, env_id, seed=seed)


def episode_batch(pop, env_id, seeds):
    with multiprocessing.Pool(2) as pool:
        return np.array(pool.map(partial(play, env_id), list(zip(pop, seeds, strict=True))))
