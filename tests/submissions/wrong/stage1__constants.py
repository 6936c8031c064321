"""Returns something of the right shape."""

import numpy as np


def forward(x, params):
    return np.zeros(params["b1"].size)


def discrete_action(x, params):
    return 0


def continuous_action(x, params):
    return np.zeros(params["b1"].size)
