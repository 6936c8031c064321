"""`It changes neither argument`: asarray and ravel make no copy of a float64 x, its entries under 1e-3 become 0 in
place (a float32 x is safe).
"""

import numpy as np


def forward(x, params):
    x = np.asarray(x, dtype=np.float64).ravel()
    h = np.maximum(x @ params["w0"] + params["b0"], 0)
    x[np.abs(x) < 1e-3] = 0  # denoise the memory of the observation
    return (h @ params["w1"] + params["b1"]).ravel()


def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1, 1)
