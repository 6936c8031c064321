"""The population in blocks of at most 64 members, so that an array stays in the cache."""

import numpy as np
from evolution import make_batch_env

BLOCK = 64


def stack(pop):
    return {key: np.stack([np.asarray(params[key], dtype=np.float64) for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.asarray(observations, dtype=np.float64)
    hidden = np.maximum(np.matmul(x[:, None], stacked["w0"]) + stacked["b0"], 0)
    return (np.matmul(hidden, stacked["w1"]) + stacked["b1"]).reshape(len(x), -1)


def _block(pop, env_id, seeds):
    stacked = stack(pop)
    env = make_batch_env(env_id, len(pop))
    observations, fitness = env.reset(seeds), np.zeros(len(pop))
    done = np.zeros(len(pop), dtype=bool)
    while not done.all():
        out = forward_batch(observations, stacked)
        observations, rewards, done = env.step(out.argmax(1) if env_id[0] == "C" else out.clip(-1, 1))
        fitness += rewards
    return fitness


def episode_batch(pop, env_id, seeds):
    starts = range(0, len(pop), BLOCK)
    return np.concatenate([_block(pop[k : k + BLOCK], env_id, seeds[k : k + BLOCK]) for k in starts])
