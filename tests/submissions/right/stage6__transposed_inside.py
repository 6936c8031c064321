"""Inside, the population is the last axis, as compiled engines have it; outside, the first."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {key: np.moveaxis(np.stack([params[key] for params in pop], axis=-1), -1, 0) for key in pop[0]}


def _forward(x, w0, b0, w1, b1):
    """x (i, p), w0 (i, h, p), …: each product is a sum over the leading axis."""
    hidden = np.maximum((x[:, None, :] * w0).sum(0) + b0, 0.0)
    return (hidden[:, None, :] * w1).sum(0) + b1


def _turned(stacked):
    w0, w1 = (np.ascontiguousarray(np.moveaxis(stacked[key], 0, -1)) for key in ("w0", "w1"))
    b0, b1 = (np.ascontiguousarray(stacked[key][:, 0].T) for key in ("b0", "b1"))
    return w0, b0, w1, b1


def forward_batch(observations, stacked):
    return _forward(np.asarray(observations, dtype=np.float64).T, *_turned(stacked)).T


def episode_batch(pop, env_id, seeds):
    turned = _turned(stack(pop))
    env = make_batch_env(env_id, len(pop))
    x, fitness = env.reset(seeds), np.zeros(len(pop))
    while True:
        out = _forward(x.T.astype(np.float64), *turned)
        x, reward, done = env.step(out.argmax(axis=0) if len(out) == 2 else np.clip(out, -1, 1).T)
        fitness += reward
        if done.all():
            break
    return fitness
