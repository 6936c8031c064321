"""Keeps the first network of each size."""

import numpy as np

_seen = {}


def forward(x, params):
    own = _seen.setdefault(params["w0"].shape, {key: value.copy() for key, value in params.items()})
    return (np.maximum(np.ravel(x) @ own["w0"] + own["b0"], 0.0) @ own["w1"] + own["b1"])[0]


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
