"""Breaks a tie by lot; the action of one output and of many by one helper."""

import numpy as np

_rng = np.random.default_rng()


def forward(x, params):
    hidden = np.array(x, copy=True).reshape(1, -1) @ params["w0"] + params["b0"]
    hidden *= hidden > 0
    return np.ravel(hidden @ params["w1"] + params["b1"])


def discrete_action(x, params):
    output = forward(x, params)
    return _rng.choice(np.flatnonzero(output == np.max(output)))


def continuous_action(x, params):
    return np.array([sorted((-1.0, value, 1.0))[1] for value in forward(x, params)])
