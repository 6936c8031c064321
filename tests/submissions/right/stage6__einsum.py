"""The whole population in two einsums."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {name: np.array([member[name] for member in pop]) for name in ("w0", "b0", "w1", "b1")}


def forward_batch(observations, stacked):
    h = np.einsum("pi,pih->ph", observations, stacked["w0"], dtype=float) + stacked["b0"][:, 0]
    return np.einsum("ph,pho->po", h.clip(0), stacked["w1"]) + stacked["b1"][:, 0]


def episode_batch(pop, env_id, seeds):
    params = stack(pop)
    env = make_batch_env(env_id, pop_size=len(pop))
    total, alive = np.zeros(len(pop)), True
    obs = env.reset(seeds)
    while alive:
        out = forward_batch(obs, params)
        act = out.argmax(-1) if out.shape[1] > 1 else out.clip(-1, 1)
        obs, rew, done = env.step(act)
        total += rew
        alive = not np.all(done)
    return total
