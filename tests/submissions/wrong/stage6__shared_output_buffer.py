"""'forward_batch returns (pop_size, o_size): member k's output for observation k': the result lives in one module-
level buffer, so a second call overwrites what the first returned.
"""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {k: np.stack([p[k] for p in pop]) for k in pop[0]}


_buffers = {}


def forward_batch(observations, stacked):
    h = np.maximum(np.einsum("ki,kih->kh", observations, stacked["w0"]) + stacked["b0"][:, 0], 0.0)
    shape = stacked["w1"].shape[0], stacked["w1"].shape[2]
    out = _buffers.setdefault(shape, np.empty(shape))
    np.einsum("kh,kho->ko", h, stacked["w1"], out=out)
    out += stacked["b1"][:, 0]
    return out


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
