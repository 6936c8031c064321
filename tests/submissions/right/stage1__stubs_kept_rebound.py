"""The stubs stand there still; the names are bound anew below them."""

import numpy as np


def forward(x, params):
    # YOUR CODE HERE
    raise NotImplementedError()


def discrete_action(x, params):
    # YOUR CODE HERE
    raise NotImplementedError()


def continuous_action(x, params):
    # YOUR CODE HERE
    raise NotImplementedError()


class Net:
    def __init__(self, params):
        self.__dict__.update(params)

    def __call__(self, x):
        return (np.maximum(np.asarray(x, float).ravel() @ self.w0 + self.b0, 0) @ self.w1 + self.b1)[0]


forward = lambda x, params: Net(params)(x)
discrete_action = lambda x, params: int(forward(x, params).argmax())
continuous_action = lambda x, params: forward(x, params).clip(-1, 1)
