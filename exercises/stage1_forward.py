"""Stage 1: the forward pass of a network with one hidden layer.

A network's params are a dict of four float64 arrays:
w0 (i_size, h_size), b0 (1, h_size), w1 (h_size, o_size), b1 (1, o_size).
"""

import numpy as np


def forward(x, params):
    """Return the network's output, relu(x @ w0 + b0) @ w1 + b1.

    Args:
        x: one observation, i_size numbers, float32 or float64.
            Its shape is (i_size,), or (i_size, 1) from an older gym.
        params: the network.

    Returns:
        The output, shape (o_size,), float64. Neither argument is changed.

    Example:
        >>> params = {"w0": np.ones((2, 3)), "b0": np.zeros((1, 3))}
        >>> params |= {"w1": np.ones((3, 1)), "b1": np.ones((1, 1))}
        >>> forward(np.array([0.5, 1.0]), params)
        array([5.5])

    Note:
        Shapes: b0 is (1, h_size), so what you add it to gets two axes. The output has one.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def discrete_action(x, params):
    """Return the index of the largest output, an int.

    In CartPole 0 pushes the cart to the left, 1 to the right.

    Args:
        x: one observation, as for forward.
        params: the network.

    Example:
        >>> params = {"w0": np.eye(2), "b0": np.zeros((1, 2))}
        >>> params |= {"w1": np.eye(2), "b1": np.zeros((1, 2))}
        >>> discrete_action(np.array([0.1, 0.7]), params)
        1

    Note:
        The action is where the largest output stands, not how large it is.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def continuous_action(x, params):
    """Return the output clipped into [-1, 1], shape (o_size,).

    For the mountain car it says how hard the engine pushes, and which way.

    Args:
        x: one observation, as for forward.
        params: the network.

    Example:
        >>> params = {"w0": np.ones((2, 3)), "b0": np.zeros((1, 3))}
        >>> params |= {"w1": np.ones((3, 1)), "b1": np.zeros((1, 1))}
        >>> continuous_action(np.array([0.5, 1.0]), params)
        array([1.])

    Note:
        The environment wants an array, also for one number.
    """
    # YOUR CODE HERE
    raise NotImplementedError()
