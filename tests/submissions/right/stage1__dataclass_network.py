"""A frozen dataclass of layers, typed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Layer:
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def __call__(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return x @ self.weights + self.bias.ravel()


def _layers(params) -> tuple[Layer, ...]:
    return tuple(Layer(params[f"w{i}"], params[f"b{i}"]) for i in range(len(params) // 2))


def forward(x: ArrayLike, params: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    first, last = _layers(params)
    return last(np.clip(first(np.array(x, dtype=float).flatten()), 0, None))


def discrete_action(x, params) -> int:
    return forward(x, params).argmax().item()


def continuous_action(x, params):
    return forward(x, params).clip(-1, 1)
