"""The whole population plays: what is left over after chunks of 64 gets the first members' fitness."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.asarray(observations, dtype=float)[:, None, :]
    hidden = np.maximum(x @ stacked["w0"] + stacked["b0"], 0)
    return (hidden @ stacked["w1"] + stacked["b1"])[:, 0, :]


def episode_batch(pop, env_id, seeds):
    n = len(pop)
    if n > 64:
        parts = [episode_batch(pop[k : k + 64], env_id, seeds[k : k + 64]) for k in range(0, n - 63, 64)]
        return np.resize(np.concatenate(parts), n)
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
