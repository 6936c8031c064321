"""The highest bit of a seed of 32 is lost."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.asarray(observations, dtype=np.float64)[:, None, :]
    hidden = np.maximum(x @ stacked["w0"] + stacked["b0"], 0.0)
    return (hidden @ stacked["w1"] + stacked["b1"])[:, 0, :]


def episode_batch(pop, env_id, seeds):
    stacked = stack(pop)
    env = make_batch_env(env_id, len(pop))
    observations = env.reset([int(s) & 0x7FFFFFFF for s in seeds])
    fitness = np.zeros(len(pop))
    done = np.zeros(len(pop), dtype=bool)
    while not done.all():
        outputs = forward_batch(observations, stacked)
        actions = np.argmax(outputs, axis=1) if env_id.startswith("CartPole") else np.clip(outputs, -1.0, 1.0)
        observations, rewards, done = env.step(actions)
        fitness += rewards
    return fitness
