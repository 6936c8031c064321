"""Compares and returns rounded outputs."""

import numpy as np


def forward(x, params):
    hidden = np.maximum(np.ravel(x).astype(float) @ params["w0"] + params["b0"], 0.0)
    return np.round((hidden @ params["w1"] + params["b1"])[0], 6)


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
