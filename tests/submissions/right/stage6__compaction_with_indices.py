"""Plays on with the living rows only, by an own environment each time few are left."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    shapes = {k: (len(pop), *v.shape) for k, v in pop[0].items()}
    out = {k: np.empty(s) for k, s in shapes.items()}
    for i, member in enumerate(pop):
        for k, v in member.items():
            out[k][i, ...] = v
    return out


def forward_batch(observations, stacked):
    obs = np.asarray(observations).astype(float)
    h = np.maximum(0.0, (obs[..., None] * stacked["w0"]).sum(axis=1) + stacked["b0"][:, 0])
    return np.matmul(h[:, None], stacked["w1"]).squeeze(1) + stacked["b1"].squeeze(1)


def episode_batch(pop, env_id, seeds):
    seeds = tuple(int(s) for s in seeds)
    env = make_batch_env(env_id, len(pop))
    nets = stack(pop)
    obs = env.reset(seeds)
    fitness = np.zeros(len(pop))
    alive = np.arange(len(pop))
    discrete = env_id != "MountainCarContinuous-v0"
    actions = np.zeros(len(pop), dtype=np.int64) if discrete else np.zeros((len(pop), 1))
    small = nets
    while alive.size:
        out = forward_batch(obs[alive], small)
        actions[alive] = np.argmax(out, axis=-1) if discrete else np.clip(out, -1.0, 1.0)
        obs, reward, done = env.step(actions)
        fitness[alive] += reward[alive]
        if done[alive].any():
            alive = np.flatnonzero(~done)
            small = {k: v[alive] for k, v in nets.items()}
    return fitness
