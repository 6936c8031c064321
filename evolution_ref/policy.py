"""The policy: a network with one hidden layer in plain numpy, for one member and for a whole population at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Params = dict[str, NDArray[np.float64]]


def initialize_parameters(i_size: int, h_size: int, o_size: int, rng: np.random.Generator | None = None) -> Params:
    """Return params with standard-normal weights and zero biases.

    Args:
        i_size: numbers in an observation.
        h_size: hidden units.
        o_size: outputs.
        rng: where the weights are drawn from; None means a fresh generator.
    """
    rng = np.random.default_rng() if rng is None else rng
    return {
        "w0": rng.standard_normal((i_size, h_size)),
        "b0": np.zeros((1, h_size)),
        "w1": rng.standard_normal((h_size, o_size)),
        "b1": np.zeros((1, o_size)),
    }


def sample_params(best: Mapping[str, ArrayLike], sigma: float = 1.0, rng: np.random.Generator | None = None) -> Params:
    """Return new params, each entry drawn from N(entry of best, sigma**2), all independent."""
    rng = np.random.default_rng() if rng is None else rng
    return {key: np.asarray(mean) + sigma * rng.standard_normal(np.shape(mean)) for key, mean in best.items()}


def ordered_dot(x: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``x @ w``, its terms added in the order of the index.

    BLAS promises no order of addition, so ``@`` may give one member and the same member among others different last
    bits. Adding in order, every engine gets the same floats.

    Args:
        x: (i, ...) the inputs, summed over the first axis.
        w: (i, ..., j) the weights.

    Returns:
        (..., j).
    """
    sums: NDArray[np.float64] = np.add.accumulate(x[..., None] * w, axis=0)
    return np.asarray(sums[-1])


def forward(x: ArrayLike, params: Params) -> NDArray[np.float64]:
    """Return the network's output ``relu(x @ w0 + b0) @ w1 + b1``, (o_size,) for x that flattens to (i_size,)."""
    inputs = np.asarray(x, dtype=np.float64).reshape(-1)
    hidden = np.maximum(ordered_dot(inputs, params["w0"]) + params["b0"][0], 0.0)
    return np.asarray(ordered_dot(hidden, params["w1"]) + params["b1"][0])


def discrete_action(x: ArrayLike, params: Params) -> int:
    """Return the index of the largest output."""
    return int(np.argmax(forward(x, params)))


def continuous_action(x: ArrayLike, params: Params) -> NDArray[np.float64]:
    """Return the output clipped into [-1, 1], (o_size,)."""
    return np.minimum(np.maximum(forward(x, params), -1.0), 1.0)


def stretched_action(
    low: NDArray[np.float64], high: NDArray[np.float64], x: ArrayLike, params: Params
) -> NDArray[np.float64]:
    """Return the output clipped into [-1, 1] and stretched into [low, high], (o_size,)."""
    return np.asarray(low + (continuous_action(x, params) + 1.0) / 2.0 * (high - low))


def stack(pop: Sequence[Params]) -> Params:
    """Return params with the population as second axis, for forward_batch: w0 (i_size, pop_size, h_size) and so on."""
    return {key: np.ascontiguousarray(np.stack([params[key] for params in pop], axis=1)) for key in pop[0]}


def forward_batch(observations: ArrayLike, stacked: Params) -> NDArray[np.float64]:
    """Return (pop_size, o_size): member k's output for observation k, the very floats of ``forward``.

    Args:
        observations: (pop_size, i_size).
        stacked: what ``stack`` returned for pop_size members.
    """
    inputs = np.asarray(observations, dtype=np.float64).T
    hidden = np.maximum(ordered_dot(inputs, stacked["w0"]) + stacked["b0"][0], 0.0)
    return np.asarray(ordered_dot(hidden.T, stacked["w1"]) + stacked["b1"][0])


def flatten(params: Params) -> NDArray[np.float64]:
    """Return all entries in one vector (n,), key after key."""
    return np.concatenate([value.reshape(-1) for value in params.values()])
