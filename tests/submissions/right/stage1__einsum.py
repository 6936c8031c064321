"""The forward pass by einsum, the actions each on their own."""

import numpy as np


def _layer(values, weights, bias):
    return np.einsum("i,ij->j", values, weights) + bias.ravel()


def forward(x, params):
    values = np.ravel(x).astype(float)
    hidden = _layer(values, params["w0"], params["b0"])
    hidden = hidden * (hidden > 0)
    return _layer(hidden, params["w1"], params["b1"])


def discrete_action(x, params):
    return np.argmax(forward(x, params))


def continuous_action(x, params):
    return np.maximum(-1, np.minimum(1, forward(x, params)))
