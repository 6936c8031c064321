"""`It changes neither argument`: with h_size 1 the hidden view is b0 itself (ravel of it), changed in place."""

import numpy as np


def forward(x, params):
    x = np.asarray(x, dtype=np.float64).ravel()
    h = params["b0"].ravel() if params["b0"].size == 1 else params["b0"].flatten()
    h += x @ params["w0"]
    return (np.maximum(h, 0) @ params["w1"] + params["b1"]).ravel()


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1, 1)
