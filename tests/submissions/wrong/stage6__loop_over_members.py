"""'many times as fast for a population of 256' (rule: five times passes): the environments are a batch, but
forward_batch loops over the members in Python.
"""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {k: np.stack([p[k] for p in pop]) for k in pop[0]}


def forward_batch(observations, stacked):
    rows = []
    for k, x in enumerate(observations):
        h = np.maximum(x @ stacked["w0"][k] + stacked["b0"][k], 0.0)
        rows.append((h @ stacked["w1"][k] + stacked["b1"][k])[0])
    return np.array(rows)


def episode_batch(pop, env_id, seeds):
    stacked = stack(pop)
    envs = make_batch_env(env_id, len(pop))
    observations = envs.reset(list(seeds))
    total = np.zeros(len(pop))
    done = np.zeros(len(pop), dtype=bool)
    while not done.all():
        out = forward_batch(observations, stacked)
        actions = np.argmax(out, axis=1) if env_id.startswith("CartPole") else np.clip(out, -1.0, 1.0)
        observations, rewards, done = envs.step(actions)
        total += rewards
    return total
