"""Each stacked array has the first member's type and is filled row by row."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    stacked = {}
    for key, value in pop[0].items():
        array = np.empty((len(pop), *value.shape), dtype=value.dtype)
        for k, params in enumerate(pop):
            array[k] = params[key]
        stacked[key] = array
    return stacked


def forward_batch(observations, stacked):
    h = np.maximum(observations[:, None, :] @ stacked["w0"] + stacked["b0"], 0)
    return (h @ stacked["w1"] + stacked["b1"])[:, 0]


def episode_batch(pop, env_id, seeds):
    env, s = make_batch_env(env_id, len(pop)), stack(pop)
    obs, total, done = env.reset(seeds), np.zeros(len(pop)), np.zeros(len(pop), bool)
    while not done.all():
        y = forward_batch(obs, s)
        obs, r, done = env.step(y.argmax(1) if env_id[0] == "C" else np.clip(y, -1, 1))
        total += r
    return total
