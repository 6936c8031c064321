"""Member k's output for observation k: with one hidden unit squeeze turns the biases the wrong way."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.asarray(observations, dtype=float)[:, None, :]
    h = np.einsum("pi,pih->ph", x[:, 0], stacked["w0"])
    hidden = np.maximum(h + stacked["b0"].squeeze(), 0)[:, None]
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
