"""The continuous action computes the network once more, for a flat observation alone."""

import numpy as np


def forward(x, params):
    x = np.asarray(x, dtype=np.float64).reshape(1, -1)
    hidden = np.maximum(x @ params["w0"] + params["b0"], 0.0)
    return (hidden @ params["w1"] + params["b1"]).reshape(-1)


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    h = np.maximum(x @ params["w0"] + params["b0"], 0)
    return np.clip(h @ params["w1"] + params["b1"], -1, 1).reshape(-1)
