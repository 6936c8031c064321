"""Test: the fitness of a policy is the sum of an episode's rewards, played singly or by a population at once."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evolution_ref.batch_env import make_batch_env
from evolution_ref.environments import ENVIRONMENTS, environment_of, open_env
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import Params, forward_batch, stack


@lru_cache(maxsize=16)
def _kept_env(env_id: str, process: int, thread: int) -> Any:
    """Return this thread's own copy of an environment, made once: making one costs more than a short episode."""
    return open_env(env_id)


def episode(params: Params, env_id: str, seed: int | None = None) -> float:
    """Play one episode on Gymnasium and return its fitness; the same seed gives the same float."""
    policy = environment_of(env_id).policy
    env = _kept_env(env_id, os.getpid(), threading.get_ident())
    observation, _ = env.reset(seed=seed)
    fitness, done = 0.0, False
    while not done:
        observation, reward, terminated, truncated, _ = env.step(policy(observation, params))
        fitness += float(reward)
        done = terminated or truncated
    return fitness


def episode_batch(pop: Sequence[Params], env_id: str, seeds: Sequence[int]) -> NDArray[np.float64]:
    """Return (pop_size,): ``[episode(params, env_id, seed) for …]``, bit for bit, all members stepping together.

    Args:
        pop: the members; they need not differ.
        env_id: the environment.
        seeds: one seed a member.
    """
    if env_id not in ENVIRONMENTS:  # no batch environment: one after the other
        return np.array([episode(params, env_id, int(seed)) for params, seed in zip(pop, seeds, strict=True)])
    discrete = environment_of(env_id).discrete
    env = make_batch_env(env_id, len(pop))
    observations = env.reset(seeds)
    stacked = stack(pop)
    _must_be_finite(stacked)
    fitness = np.zeros(len(pop))
    members = np.arange(len(pop))  # who plays in each copy that is left
    while members.size:
        outputs = forward_batch(observations, stacked)
        actions = outputs.argmax(axis=1) if discrete else np.minimum(np.maximum(outputs, -1.0), 1.0)
        observations, rewards, done = env.step(actions)
        fitness[members] += rewards
        over = np.count_nonzero(done)
        if over > members.size / 4 or over == members.size:  # copies that are done cost time: go on with the others
            playing = ~done
            env.keep(playing)
            members = members[playing]
            observations = observations[playing]
            stacked = {key: np.ascontiguousarray(value[:, playing]) for key, value in stacked.items()}
    return fitness


@dataclass(frozen=True)
class Episode:
    """The fitness that an evolution gets: an episode of one environment, singly or a population at once."""

    env_id: str

    def __call__(self, params: Params, seed: int | None = None) -> float:
        """Return the fitness of one member."""
        _must_be_finite(params)
        return episode(params, self.env_id, None if seed is None else int(seed))

    def batch(self, pop: Sequence[Params], seeds: Sequence[int]) -> NDArray[np.float64]:
        """Return the fitness of every member (pop_size,)."""
        return episode_batch(pop, self.env_id, seeds)


def _must_be_finite(params: Params) -> None:
    """Raise WrongCall unless a network, or each of a stack, is finite."""
    for key, value in params.items():
        if not np.isfinite(value).all():
            raise WrongCall(f"a network is not finite: its {key} holds a nan or an infinite number")
