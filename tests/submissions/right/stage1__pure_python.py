"""Loops and lists, numpy only for the array that comes back."""

import numpy as np


def forward(x, params):
    numbers = np.asarray(x).flatten().tolist()
    w0, b0, w1, b1 = (params[key].tolist() for key in ("w0", "b0", "w1", "b1"))
    hidden = []
    for j in range(len(b0[0])):
        total = b0[0][j]
        for i, number in enumerate(numbers):
            total += number * w0[i][j]
        hidden.append(total if total > 0 else 0.0)
    output = []
    for k in range(len(b1[0])):
        output.append(sum(h * row[k] for h, row in zip(hidden, w1)) + b1[0][k])
    return np.array(output)


def discrete_action(x, params):
    output = list(forward(x, params))
    return output.index(max(output))


def continuous_action(x, params):
    return np.array([min(1.0, max(-1.0, value)) for value in forward(x, params)])
