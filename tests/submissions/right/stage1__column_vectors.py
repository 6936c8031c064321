"""Columns all the way: weights transposed, the observation a column."""

import numpy as np


def forward(x, params):
    column = np.array(x, dtype="float64").reshape((-1, 1))
    hidden = params["w0"].T @ column + params["b0"].T
    hidden[hidden < 0] = 0
    output = params["w1"].T @ hidden + params["b1"].T
    return output[:, 0]


def discrete_action(x, params):
    return int(forward(x, params).argmax())


def continuous_action(x, params):
    action = forward(x, params).copy()
    action[action > 1] = 1
    action[action < -1] = -1
    return action
