"""The environments of the course: their sizes, when they are solved, and a quiet gymnasium.make."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import gymnasium
import numpy as np
from numpy.typing import ArrayLike, NDArray

from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import Params, continuous_action, discrete_action, stretched_action

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
        low: the least action (o_size), where it is not -1.
        high: the largest action (o_size), where it is not 1.
    """

    env_id: str
    i_size: int
    o_size: int
    discrete: bool
    max_steps: int
    solved: float
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()

    @property
    def policy(self) -> Policy:
        """The function (observation, params) -> action that the action space calls for."""
        if self.low:
            return partial(stretched_action, np.array(self.low), np.array(self.high))
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
    """Return the environment of that name: one of the course's, or another of Gymnasium's, known by its spaces.

    Raises:
        WrongCall: there is no such environment, or none that a network of flat vectors can play.
    """
    return ENVIRONMENTS[env_id] if env_id in ENVIRONMENTS else _other_environment(env_id)


@lru_cache
def _other_environment(env_id: str) -> Environment:
    course = ", ".join(repr(name) for name in ENVIRONMENTS)
    try:
        env = open_env(env_id)
    except gymnasium.error.Error as error:
        raise WrongCall(f"{env_id!r} is not one of {course}, and no other of Gymnasium's") from error
    steps, seen, actions = env.spec.max_episode_steps, env.observation_space, env.action_space
    env.close()
    solved = np.inf if env.spec.reward_threshold is None else float(env.spec.reward_threshold)
    if not isinstance(seen, gymnasium.spaces.Box) or len(seen.shape) != 1:
        raise WrongCall(f"{env_id} shows {seen}: expected a flat box of numbers")
    if steps is None:
        raise WrongCall(f"{env_id} has no limit of steps: an episode might never end")
    if isinstance(actions, gymnasium.spaces.Discrete) and actions.start == 0:
        return Environment(env_id, seen.shape[0], int(actions.n), True, steps, solved)
    if isinstance(actions, gymnasium.spaces.Box) and len(actions.shape) == 1 and actions.is_bounded():
        low, high = (tuple(map(float, bound)) for bound in (actions.low, actions.high))
        return Environment(env_id, seen.shape[0], actions.shape[0], False, steps, solved, low, high)
    raise WrongCall(f"{env_id} takes {actions}: expected discrete actions from 0, or a flat box with bounds")


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
