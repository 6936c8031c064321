"""Without a loop statement: recursion is flattened by iter with a sentinel."""

import functools

import numpy as np
from evolution import make_batch_env

stack = lambda pop: {key: np.r_[tuple(params[key][np.newaxis] for params in pop)] for key in pop[0]}


def forward_batch(observations, stacked):
    def layer(x, n):
        return (np.expand_dims(x, -2) @ stacked[f"w{n}"] + stacked[f"b{n}"]).squeeze(-2)

    return layer(np.maximum(layer(np.asarray(observations, float), 0), 0.0), 1)


def episode_batch(pop, env_id, seeds):
    env = make_batch_env(env_id, len(pop))
    act = {2: functools.partial(np.argmax, axis=1), 1: functools.partial(np.clip, a_min=-1, a_max=1)}
    stacked = stack(pop)
    state = {"x": env.reset(seeds), "fitness": np.zeros(len(pop))}

    def step():
        outputs = forward_batch(state["x"], stacked)
        state["x"], rewards, done = env.step(act[outputs.shape[1]](outputs))
        state["fitness"] += rewards
        return bool(done.all())

    list(iter(step, True))
    return state["fitness"]
