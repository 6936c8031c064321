"""The search for the largest output begins at -999."""

import numpy as np


def forward(x, params):
    h = np.maximum(np.asarray(x, dtype=np.float64).reshape(1, -1) @ params["w0"] + params["b0"], 0.0)
    return (h @ params["w1"] + params["b1"]).reshape(-1)


def discrete_action(x, params):
    best, k = -999, 0
    for i, v in enumerate(forward(x, params)):
        if v > best:
            best, k = v, i
    return k


def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
