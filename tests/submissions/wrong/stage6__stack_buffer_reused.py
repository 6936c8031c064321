"""Stack returns params: the next call overwrites them, as both live in one buffer."""

import numpy as np
from evolution import make_batch_env

BUF = {}


def stack(pop):
    for key in pop[0]:
        shape = (len(pop), *pop[0][key].shape)
        if key not in BUF or BUF[key].shape != shape:
            BUF[key] = np.empty(shape)
        for k, params in enumerate(pop):
            BUF[key][k] = params[key]
    return {key: BUF[key] for key in pop[0]}


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
