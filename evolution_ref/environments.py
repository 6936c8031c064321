"""The environments of the course: their sizes, when they are solved, and a quiet gymnasium.make."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gymnasium
import numpy as np
from numpy.typing import ArrayLike, NDArray

from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import Params, continuous_action, discrete_action

Action = int | NDArray[np.float64]
Policy = Callable[[ArrayLike, Params], Action]


@dataclass(frozen=True)
class Environment:
    """What an evolution needs to know of an environment.

    Attributes:
        env_id: Gymnasium's name.
        i_size: numbers in an observation.
        o_size: outputs of the network: one an action (discrete) or one a number of the action (continuous).
        discrete: whether an action is one of o_size choices.
        max_steps: steps after which an episode is cut off.
        solved: the mean fitness of 100 fresh episodes from which the environment counts as solved.
    """

    env_id: str
    i_size: int
    o_size: int
    discrete: bool
    max_steps: int
    solved: float

    @property
    def policy(self) -> Policy:
        """The function (observation, params) -> action that the action space calls for."""
        return discrete_action if self.discrete else continuous_action


ENVIRONMENTS = {
    environment.env_id: environment
    for environment in (
        Environment("CartPole-v0", 4, 2, discrete=True, max_steps=200, solved=195.0),
        Environment("CartPole-v1", 4, 2, discrete=True, max_steps=500, solved=475.0),
        Environment("MountainCarContinuous-v0", 2, 1, discrete=False, max_steps=999, solved=90.0),
    )
}


def environment_of(env_id: str) -> Environment:
    """Return the environment of that name.

    Raises:
        WrongCall: the course has no such environment.
    """
    if env_id not in ENVIRONMENTS:
        raise WrongCall(f"unknown environment {env_id!r}: expected one of {', '.join(ENVIRONMENTS)}")
    return ENVIRONMENTS[env_id]


def open_env(env_id: str, render_mode: str | None = None) -> Any:
    """Return ``gymnasium.make(env_id)`` without its warnings (CartPole-v0 is deprecated there) and its checks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return gymnasium.make(env_id, render_mode=render_mode, disable_env_checker=True)


def make_env(env_id: str) -> tuple[Any, Policy, int, int]:
    """Return (env, forward, i_size, o_size); ``forward(observation, params)`` returns an action for ``env.step``."""
    environment = environment_of(env_id)
    env = open_env(env_id)
    return env, environment.policy, environment.i_size, environment.o_size
