"""The policies that are measured: random networks with zero biases, a leading population axis."""

import numpy as np


def networks(i_size: int, h_size: int, o_size: int, pop_size: int, seed: int = 0) -> dict[str, np.ndarray]:
    """Return w0 (pop_size, i_size, h_size), b0, w1 (pop_size, h_size, o_size), b1 of random members."""
    rng = np.random.default_rng(seed)
    return {
        "w0": rng.standard_normal((pop_size, i_size, h_size)),
        "b0": np.zeros((pop_size, 1, h_size)),
        "w1": rng.standard_normal((pop_size, h_size, o_size)),
        "b1": np.zeros((pop_size, 1, o_size)),
    }


def outputs(observations: np.ndarray, stacked: dict[str, np.ndarray]) -> np.ndarray:
    """Return (pop_size, o_size): the output of each member's network for its observation."""
    x = observations.astype(np.float64)[:, None, :]
    hidden = np.maximum(x @ stacked["w0"] + stacked["b0"], 0.0)
    return (hidden @ stacked["w1"] + stacked["b1"])[:, 0, :]
