"""Checks what it is given, prints while it works, and keeps its main block."""

import sys

import numpy as np

DEBUG = True


def forward(x, params):
    x = np.asarray(x)
    w0, b0, w1, b1 = params["w0"], params["b0"], params["w1"], params["b1"]
    if x.size != w0.shape[0]:
        raise ValueError(f"expected {w0.shape[0]} numbers, not {x.size}")
    if DEBUG:
        print("forward", x.shape, file=sys.stderr)
    z = x.reshape(x.size).astype(np.float64) @ w0 + b0.reshape(b0.size)
    z[z <= 0.0] = 0.0
    return z @ w1 + b1.reshape(b1.size)


def discrete_action(x, params):
    action = np.argmax(forward(x, params))
    print("action", action)
    return int(action)


def continuous_action(x, params):
    return np.clip(forward(x, params), -1, 1)


if __name__ == "__main__":
    print(
        forward([1.0], {"w0": np.ones((1, 1)), "b0": np.zeros((1, 1)), "w1": np.ones((1, 1)), "b1": np.zeros((1, 1))})
    )
