"""The biases as one more row of the weights; the action by sorting."""

import numpy as np


def forward(x, params):
    hidden = np.concatenate([np.reshape(x, -1), [1.0]]) @ np.vstack([params["w0"], params["b0"]])
    hidden = np.where(hidden < 0, 0, hidden)
    return np.append(hidden, 1.0) @ np.vstack([params["w1"], params["b1"]])


def discrete_action(x, params):
    return np.argsort(forward(x, params), kind="stable")[-1]


def continuous_action(x, params):
    out = forward(x, params)
    return np.minimum(np.maximum(out, -np.ones_like(out)), np.ones_like(out))
