"""The environments step together, but each network is asked by itself in every step."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    rows = []
    for k in range(len(observations)):
        x = np.asarray(observations[k], dtype=np.float64).reshape(1, -1)
        hidden = np.maximum(x @ stacked["w0"][k] + stacked["b0"][k], 0.0)
        rows.append((hidden @ stacked["w1"][k] + stacked["b1"][k]).reshape(-1))
    return np.array(rows)


def episode_batch(pop, env_id, seeds):
    stacked, env = stack(pop), make_batch_env(env_id, len(pop))
    observations, fitness, done = env.reset(seeds), np.zeros(len(pop)), np.zeros(len(pop), bool)
    while not done.all():
        out = forward_batch(observations, stacked)
        observations, rewards, done = env.step(out.argmax(1) if out.shape[1] == 2 else out.clip(-1, 1))
        fitness += rewards
    return fitness
