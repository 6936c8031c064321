"""Each bias is one more row of the weights, met by a constant input of one."""

import numpy as np


def forward(x, params):
    values = np.append(np.ravel(x), 1.0)
    hidden = np.append(np.fmax(values @ np.vstack([params["w0"], params["b0"]]), 0.0), 1.0)
    return hidden @ np.vstack([params["w1"], params["b1"]])


def discrete_action(x, params):
    return max(range(params["b1"].shape[1]), key=forward(x, params).__getitem__)


def continuous_action(x, params):
    return np.sign(output := forward(x, params)) * np.fmin(np.abs(output), 1.0)
