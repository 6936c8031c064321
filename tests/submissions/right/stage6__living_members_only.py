"""Members whose episode has ended no longer go through the networks."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {key: np.concatenate([params[key][None] for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.expand_dims(np.asarray(observations, np.float64), 1)
    return (np.maximum(0, x @ stacked["w0"] + stacked["b0"]) @ stacked["w1"] + stacked["b1"])[:, 0]


def episode_batch(pop, env_id, seeds):
    count = len(pop)
    env = make_batch_env(env_id, count)
    observations = env.reset(list(seeds))
    fitness = np.zeros(count)
    living = np.arange(count)
    networks = stack(pop)
    is_car = env_id.startswith("MountainCar")
    while living.size:
        outputs = forward_batch(observations[living], networks)
        if is_car:
            actions = np.zeros((count, 1))
            actions[living] = np.clip(outputs, -1, 1)
        else:
            actions = np.zeros(count, dtype=int)
            actions[living] = outputs.argmax(axis=1)
        observations, rewards, done = env.step(actions)
        fitness[living] += rewards[living]
        still = ~done[living]
        if not still.all():
            networks = {key: value[still] for key, value in networks.items()}
            living = living[still]
    return fitness
