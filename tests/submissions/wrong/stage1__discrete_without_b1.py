"""The discrete action computes the network once more, without its last bias."""

import numpy as np


def forward(x, params):
    x = np.asarray(x, dtype=np.float64).reshape(1, -1)
    hidden = np.maximum(x @ params["w0"] + params["b0"], 0.0)
    return (hidden @ params["w1"] + params["b1"]).reshape(-1)


def discrete_action(x, params):
    h = np.maximum(np.ravel(x) @ params["w0"] + params["b0"], 0)
    return int(np.argmax(h @ params["w1"]))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
