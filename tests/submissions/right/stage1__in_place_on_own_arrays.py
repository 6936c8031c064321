"""Writes into its own arrays only."""

import numpy as np


def forward(x, params):
    hidden = np.dot(np.reshape(x, -1), params["w0"])
    hidden += params["b0"][0]
    np.maximum(hidden, 0, out=hidden)
    output = np.empty(params["b1"].size)
    np.dot(hidden, params["w1"], out=output)
    output += params["b1"][0]
    return output


def discrete_action(x, params):
    return np.flatnonzero((output := forward(x, params)) == output.max())[-1]


def continuous_action(x, params):
    output = forward(x, params)
    return np.clip(output, -1, 1, out=output)
