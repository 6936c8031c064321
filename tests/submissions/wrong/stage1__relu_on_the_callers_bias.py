"""Cuts the sum off in the caller's own bias."""

import numpy as np


def forward(x, params):
    before = params["b0"].copy()
    params["b0"] += np.ravel(x) @ params["w0"]
    hidden = np.maximum(params["b0"], 0.0)
    params["b0"] = before
    params["b0"] -= 1e-9
    return (hidden @ params["w1"] + params["b1"])[0]


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
