"""Random networks for the hidden checks of stage 1, and the grader's own numbers for them."""

import numpy as np
from numpy.typing import NDArray

from grader.kit.network import Case, Params


def random_network(rng: np.random.Generator, i_size: int, h_size: int, o_size: int) -> Params:
    """Return params with standard-normal weights and biases, none of them zero."""
    shapes = {"w0": (i_size, h_size), "b0": (1, h_size), "w1": (h_size, o_size), "b1": (1, o_size)}
    return {key: rng.standard_normal(shape) for key, shape in shapes.items()}


def zero_network(i_size: int, h_size: int, o_size: int) -> Params:
    """Return params that are zero throughout, to be filled in."""
    shapes = {"w0": (i_size, h_size), "b0": (1, h_size), "w1": (h_size, o_size), "b1": (1, o_size)}
    return {key: np.zeros(shape) for key, shape in shapes.items()}


DEMANDING = ((8, 30, 5, 1.0), (6, 64, 4, 100.0), (8, 12, 3, 3e-3), (5, 15, 12, 1.0))
"""i_size, h_size, o_size and how large x is: where an action's own forward pass is wrong, it shows in some of them."""


def demanding_cases(rng: np.random.Generator) -> list[Case]:
    """Return networks of many sizes, with outputs between -0.9 and 0.9; for the faint x they have no biases."""
    return [_demanding_case(rng, *one) for one in DEMANDING * 3]


def _demanding_case(rng: np.random.Generator, i_size: int, h_size: int, o_size: int, scale: float) -> Case:
    while True:
        x, params = scale * rng.standard_normal(i_size), random_network(rng, i_size, h_size, o_size)
        if scale < 1.0:
            params |= {"b0": np.zeros_like(params["b0"]), "b1": np.zeros_like(params["b1"])}
        largest = float(abs(output_of(x, params)).max()) / 0.9
        if largest > 0.0:  # without biases all hidden units may be cut off
            return x, params | {"w1": params["w1"] / largest, "b1": params["b1"] / largest}


def close_calls(rng: np.random.Generator) -> list[Case]:
    """Return networks whose outputs differ by millionths or less: another forward pass finds another largest one."""
    cases: list[Case] = []
    for k, (x, params) in enumerate(demanding_cases(rng)):
        contest = (1e-8 if k % 2 else 1e-6) * rng.standard_normal(params["b1"].shape)
        cases.append((x, params | {"b1": params["b1"] - output_of(x, params) + contest}))
    return cases


def output_of(x: NDArray[np.floating], params: Params) -> NDArray[np.float64]:
    """Return relu(x @ w0 + b0) @ w1 + b1, (o_size,), in float64."""
    hidden = np.maximum(np.asarray(x, np.float64).reshape(-1) @ params["w0"] + params["b0"][0], 0.0)
    output: NDArray[np.float64] = hidden @ params["w1"] + params["b1"][0]
    return output


def scale_of(x: NDArray[np.floating], params: Params) -> NDArray[np.float64]:
    """Return the sum of the sizes of all terms of each output: what a relative error is relative to."""
    sizes = {key: abs(value) for key, value in params.items()}
    return output_of(abs(np.asarray(x, np.float64)), sizes)
