"""Every member as one row of a matrix, cut into weights by slices."""

import numpy as np
from evolution import make_batch_env

ORDER = ("w0", "b0", "w1", "b1")


def stack(pop):
    shapes = {key: pop[0][key].shape for key in ORDER}
    rows = np.vstack([np.concatenate([params[key].ravel() for key in ORDER]) for params in pop])
    ends = np.cumsum([int(np.prod(shapes[key])) for key in ORDER])
    parts = np.split(rows, ends[:-1], axis=1)
    return {key: part.reshape(len(pop), *shapes[key]) for key, part in zip(ORDER, parts, strict=True)}


def forward_batch(observations, stacked):
    w0, b0, w1, b1 = (stacked[key] for key in ORDER)
    x = np.float64(observations)
    ones = np.ones((len(x), 1))
    first = np.concatenate([w0, b0], axis=1)
    second = np.concatenate([w1, b1], axis=1)
    hidden = np.fmax(np.einsum("pi,pih->ph", np.hstack([x, ones]), first), 0)
    return np.einsum("ph,pho->po", np.hstack([hidden, ones]), second)


def episode_batch(pop, env_id, seeds):
    stacked = stack(pop)
    env = make_batch_env(env_id, len(pop))
    observation = env.reset(seeds)
    fitness = np.zeros(len(pop), dtype=np.float64)
    done = np.full(len(pop), False)
    o_size = stacked["b1"].shape[2]
    while done.sum() < len(pop):
        output = forward_batch(observation, stacked)
        action = np.argmax(output, 1) if o_size == 2 else np.clip(output, -1, 1)
        observation, reward, done = env.step(action)
        np.add(fitness, reward, out=fitness)
    return fitness
