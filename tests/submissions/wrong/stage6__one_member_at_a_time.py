"""Right numbers, one episode after another behind the names of a batch."""

import numpy as np
from evolution import episode


def stack(pop):
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.asarray(observations, np.float64)[:, None]
    return (np.maximum(x @ stacked["w0"] + stacked["b0"], 0) @ stacked["w1"] + stacked["b1"])[:, 0]


def episode_batch(pop, env_id, seeds):
    return np.array([episode(params, env_id, seed=seed) for params, seed in zip(pop, seeds, strict=True)])
