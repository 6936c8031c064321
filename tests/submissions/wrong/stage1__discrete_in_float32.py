"""The discrete action is chosen from outputs in float32."""

import numpy as np


def forward(x, params):
    x = np.asarray(x, dtype=np.float64).reshape(1, -1)
    hidden = np.maximum(x @ params["w0"] + params["b0"], 0.0)
    return (hidden @ params["w1"] + params["b1"]).reshape(-1)


def discrete_action(x, params):
    return int(np.argmax(forward(np.float32(x), {k: np.float32(v) for k, v in params.items()})))


def continuous_action(x, params):
    return np.clip(forward(x, params), -1.0, 1.0)
