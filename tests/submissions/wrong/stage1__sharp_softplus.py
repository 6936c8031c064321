"""`relu`: a sharp softplus, off by up to 0.0007 near zero."""

import numpy as np


def forward(x, params):
    x = np.asarray(x, dtype=np.float64).ravel()
    h = np.logaddexp(0, 1000 * (x @ params["w0"] + params["b0"])) / 1000
    return (h @ params["w1"] + params["b1"]).ravel()


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1, 1)
