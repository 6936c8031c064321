"""Stage 1: the forward pass of a network with one hidden layer."""

import numpy as np


def forward(x, params):
    """Return the network's output, shape (o_size,), float64."""
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=np.float64).reshape(1, -1)
    hidden = np.maximum(x @ params["w0"] + params["b0"], 0.0)
    return (hidden @ params["w1"] + params["b1"]).reshape(-1)
    ### END SOLUTION


def discrete_action(x, params):
    """Return the index of the largest output, an int."""
    ### BEGIN SOLUTION
    return int(np.argmax(forward(x, params)))
    ### END SOLUTION


def continuous_action(x, params):
    """Return the output clipped into [-1, 1], shape (o_size,)."""
    ### BEGIN SOLUTION
    return np.clip(forward(x, params), -1.0, 1.0)
    ### END SOLUTION
