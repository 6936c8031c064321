"""einsum, and actions by hand, number by number."""

import numpy as np


def forward(x, params):
    a = np.einsum("i,ij->j", np.asarray(x, float).flatten(), params["w0"]) + params["b0"].flatten()
    return np.einsum("j,jk->k", a * (a > 0), params["w1"]) + params["b1"].flatten()


def _softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def discrete_action(x, params):
    out = forward(x, params)
    best, place = -np.inf, 0
    for k, value in enumerate(out.tolist()):
        if value > best:
            best, place = value, k
    return place


def continuous_action(x, params):
    return np.array([max(-1.0, min(1.0, float(v))) for v in forward(x, params)])
