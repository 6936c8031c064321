"""Populations for stage 6, and what Gymnasium itself makes of them, one episode after another."""

import importlib
import warnings
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader import models

Floats = NDArray[np.float64]
Params = dict[str, Floats]

KEYS = ("w0", "b0", "w1", "b1")
CAR = "MountainCarContinuous-v0"


def member(rng: np.random.Generator, i_size: int, h_size: int, o_size: int) -> Params:
    """Return one network with standard-normal weights and biases."""
    shapes = ((i_size, h_size), (1, h_size), (h_size, o_size), (1, o_size))
    return {key: rng.standard_normal(shape) for key, shape in zip(KEYS, shapes, strict=True)}


def stacked(pop: Sequence[Params]) -> Params:
    """Return params with a leading population axis."""
    return {key: np.stack([params[key] for params in pop]) for key in KEYS}


def outputs_of(observations: NDArray[Any], pop: Sequence[Params]) -> Floats:
    """Return member k's output for observation k, one after another, (pop_size, o_size)."""
    rows = []
    for x, params in zip(np.asarray(observations, np.float64), pop, strict=True):
        hidden = np.maximum(x @ params["w0"] + params["b0"][0], 0.0)
        rows.append(hidden @ params["w1"] + params["b1"][0])
    return np.array(rows)


def skilled(rng: np.random.Generator, env_id: str, blur: float) -> Params:
    """Return a member that balances the pole, or drives the car to its goal, the worse the more ``blur``."""
    sizes = (2, 6, 1) if env_id == CAR else (4, 6, 2)
    params = {key: 0.01 * value for key, value in member(rng, *sizes).items()}
    gains = np.array([0.0, 50.0] if env_id == CAR else [0.1, 0.3, 1.5, 0.6])
    gains *= 1 + blur * rng.standard_normal(gains.size)
    params["w0"][:, :2] = np.stack([gains, -gains], axis=1)  # two units: how far to the right, how far to the left
    push = np.array([rng.uniform(0.2, 3.0)] if env_id == CAR else [-1.0, 1.0])
    params["w1"][:2] = np.stack([push, -push])
    return params


def mixed(rng: np.random.Generator, env_id: str, clumsy: int, able: int) -> list[Params]:
    """Return a shuffled population: members that fail early or late, and ones that last or reach the goal."""
    sizes = (2, 6, 1) if env_id == CAR else (4, 6, 2)
    pop = [member(rng, *sizes) for _ in range(clumsy)] + [skilled(rng, env_id, 0.5 * (k % 3)) for k in range(able)]
    return [pop[k] for k in rng.permutation(len(pop))]


def in_any_order(pop: Sequence[Params]) -> list[Params]:
    """Return the same members; in every second one the keys come the other way round."""
    return [dict(reversed(params.items())) if k % 2 else params for k, params in enumerate(pop)]


def with_twins(pop: Sequence[Params], count: int) -> list[Params]:
    """Return the members, and after them the first ``count`` once more, as copies."""
    return [*pop, *({key: value.copy() for key, value in params.items()} for params in pop[:count])]


@cache
def _given() -> tuple[Any, Any]:
    """Return the module evolution that students are given, and the model answer of stage 1."""
    forward = models.load(1)
    return importlib.import_module("evolution"), forward


def fitness_of(pop: Sequence[Params], env_id: str, seeds: Sequence[int]) -> Floats:
    """Return what ``episode`` gives for each member with its seed, (pop_size,); what was played is remembered."""
    return np.array([_remembered(_Packed(params), env_id, seed) for params, seed in zip(pop, seeds, strict=True)])


class _Packed:
    """Params as a key, equal to others with the same numbers."""

    def __init__(self, params: Params) -> None:
        self.params = params
        self._bytes = tuple((key, params[key].shape, params[key].tobytes()) for key in KEYS)

    def __hash__(self) -> int:
        return hash(self._bytes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Packed) and self._bytes == other._bytes


@lru_cache(maxsize=200)
def _remembered(packed: _Packed, env_id: str, seed: int) -> float:
    return episode(packed.params, env_id, seed)


def episode(params: Params, env_id: str, seed: int) -> float:
    """Play one episode with Gymnasium and the model's actions, as ``evolution.episode`` does."""
    evolution, forward = _given()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        env, _, _, _ = evolution.make_env(env_id)
    act = forward.continuous_action if env_id == CAR else forward.discrete_action
    observation, _ = env.reset(seed=seed)
    fitness, done = 0.0, False
    while not done:
        observation, reward, terminated, truncated, _ = env.step(act(observation, params))
        fitness += float(reward)
        done = terminated or truncated
    env.close()
    return fitness
