"""A batched network, called with a batch of one."""

import numpy as np


class Network:
    def __init__(self, params):
        self.layers = [(params["w0"], params["b0"]), (params["w1"], params["b1"])]

    def __call__(self, batch):
        (w0, b0), (w1, b1) = self.layers
        return np.add(np.matmul(np.clip(np.matmul(batch, w0) + b0, 0, None), w1), b1)


def forward(x, params):
    batch = np.asarray(x, dtype=np.float64).reshape(1, params["w0"].shape[0])
    return Network(params)(batch).squeeze(axis=0)


def discrete_action(x, params):
    return forward(x, params).argmax().item()


def continuous_action(x, params):
    return np.clip(Network(params)(np.reshape(x, (1, -1)))[0], -1.0, 1.0)
