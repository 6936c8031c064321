"""Adds up in long double and returns float64."""

import numpy as np


def forward(x, params):
    wide = {key: value.astype(np.longdouble) for key, value in params.items()}
    hidden = np.ravel(x).astype(np.longdouble) @ wide["w0"] + wide["b0"].ravel()
    hidden[np.signbit(hidden)] = 0
    return (hidden @ wide["w1"] + wide["b1"].ravel()).astype(np.float64)


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    output = forward(x, params)
    return np.minimum(np.maximum(output, np.float64(-1)), np.float64(1))
