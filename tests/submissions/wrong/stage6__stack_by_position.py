"""W0 (pop_size, i_size, h_size) and so on: the arrays are taken by their place in the dict, not by their keys."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {key: np.stack([list(params.values())[k] for params in pop]) for k, key in enumerate(pop[0])}


def forward_batch(observations, stacked):
    x = np.asarray(observations, dtype=float)[:, None, :]
    hidden = np.maximum(x @ stacked["w0"] + stacked["b0"], 0)
    return (hidden @ stacked["w1"] + stacked["b1"])[:, 0, :]


def episode_batch(pop, env_id, seeds):
    stacked = stack(pop)
    env = make_batch_env(env_id, len(pop))
    observations = env.reset(seeds)
    fitness = np.zeros(len(pop))
    done = np.zeros(len(pop), dtype=bool)
    while not done.all():
        out = forward_batch(observations, stacked)
        actions = out.argmax(axis=1) if env_id.startswith("CartPole") else np.clip(out, -1, 1)
        observations, rewards, done = env.step(actions)
        fitness += rewards
    return fitness
