"""Every output is written into the same array."""

import numpy as np

_OUT = {}


def forward(x, params):
    x = np.asarray(x, dtype=np.float64).reshape(1, -1)
    hidden = np.maximum(x @ params["w0"] + params["b0"], 0.0)
    out = (hidden @ params["w1"] + params["b1"]).reshape(-1)
    buf = _OUT.setdefault(out.size, np.empty(out.size))
    buf[:] = out
    return buf


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
