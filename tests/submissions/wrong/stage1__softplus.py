"""A smooth relu, close to the true one."""

import numpy as np


def forward(x, params):
    z = np.ravel(x).astype(float) @ params["w0"] + params["b0"][0]
    return np.logaddexp(0.0, 100.0 * z) / 100.0 @ params["w1"] + params["b1"][0]


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
