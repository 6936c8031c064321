"""The batch in the words of stage 1: the same formula, with a leading axis."""

import numpy as np
from evolution import make_batch_env, make_env


def stack(pop):
    return {key: np.array([params[key] for params in pop], dtype=np.float64) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.asarray(observations, np.float64)
    x = x.reshape(x.shape[0], 1, x.shape[1])
    y = np.maximum(x @ stacked["w0"] + stacked["b0"], 0) @ stacked["w1"] + stacked["b1"]
    return y.reshape(y.shape[0], y.shape[2])


def discrete_actions(observations, stacked):
    return np.argmax(forward_batch(observations, stacked), axis=1)


def continuous_actions(observations, stacked):
    return np.clip(forward_batch(observations, stacked), -1.0, 1.0)


def episode_batch(pop, env_id, seeds):
    single, _, _, _ = make_env(env_id)
    actions = discrete_actions if hasattr(single.action_space, "n") else continuous_actions
    single.close()
    stacked, env = stack(pop), make_batch_env(env_id, len(pop))
    observations = env.reset(seeds)
    fitness, done = np.zeros(len(pop)), np.zeros(len(pop), bool)
    while not done.all():
        observations, rewards, done = env.step(actions(observations, stacked))
        fitness += rewards
    return fitness
