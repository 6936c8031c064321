"""Arrays made empty and filled member by member; everything after that at once."""

import evolution
import numpy as np


def stack(pop):
    stacked = {}
    for key, first in pop[0].items():
        stacked[key] = np.empty((len(pop), *np.shape(first)), dtype=np.float64)
        for k, params in enumerate(pop):
            stacked[key][k] = params[key]
    return stacked


def forward_batch(observations, stacked):
    pop_size = len(observations)
    x = np.asarray(observations, dtype=np.float64).reshape(pop_size, 1, -1)
    hidden = np.matmul(x, stacked["w0"]) + stacked["b0"]
    hidden[hidden < 0] = 0
    return np.squeeze(np.matmul(hidden, stacked["w1"]) + stacked["b1"], axis=1)


def episode_batch(pop, env_id, seeds):
    env = evolution.make_batch_env(env_id, len(pop))
    discrete = "Continuous" not in env_id
    networks = stack(pop)
    observations = env.reset(seeds)
    rewards_of_steps = []
    for _ in range(10_000):
        outputs = forward_batch(observations, networks)
        actions = np.argmax(outputs, axis=1) if discrete else np.maximum(np.minimum(outputs, 1.0), -1.0)
        observations, rewards, done = env.step(actions)
        rewards_of_steps.append(rewards)
        if done.all():
            break
    return np.sum(rewards_of_steps, axis=0)
