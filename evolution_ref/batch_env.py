"""Many copies of an environment in one array: the very floats that gymnasium.make gives, copy by copy."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evolution_ref.environments import ENVIRONMENTS, Environment, environment_of
from evolution_ref.mistakes import WrongCall

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class BatchEnv:
    """Copies of one environment that step together.

    A copy that is done stays done: its observation rests, its reward is 0.
    """

    def __init__(self, environment: Environment, pop_size: int) -> None:
        self.environment = environment
        self.pop_size = pop_size
        self.steps = 0
        self.state: NDArray[Any] = np.zeros((environment.i_size, pop_size))
        self.done: Bools = np.ones(pop_size, dtype=bool)

    def reset(self, seeds: Iterable[int]) -> NDArray[np.float32]:
        """Start copy k anew with seed k; return observations (pop_size, i_size).

        Raises:
            ValueError: there is not one seed a copy.
        """
        starts = [self._start(np.random.default_rng(int(seed))) for seed in seeds]
        if len(starts) != self.pop_size:
            raise ValueError(f"got {len(starts)} seeds for {self.pop_size} copies: expected one seed a copy")
        self.state = np.array(starts, dtype=np.float64).T.copy()
        self.done = np.zeros(self.pop_size, dtype=bool)
        self.steps = 0
        return self._observations()

    def step(self, actions: ArrayLike) -> tuple[NDArray[np.float32], Floats, Bools]:
        """Return observations (pop_size, i_size), rewards (pop_size,) and done (pop_size,).

        Args:
            actions: ints (pop_size,), or float64 (pop_size, 1) in [-1, 1] for MountainCarContinuous-v0.
        """
        state, rewards, terminated = self._move(np.asarray(actions))
        if self.done.any():
            state = np.where(self.done, self.state, state).astype(state.dtype)
            rewards = np.where(self.done, 0.0, rewards)
        self.state = state
        self.steps += 1
        self.done = self.done | terminated | (self.steps >= self.environment.max_steps)
        return self._observations(), rewards, self.done.copy()

    def keep(self, copies: Bools) -> None:
        """Go on with these copies (pop_size,) only; the others are gone."""
        self.state = np.ascontiguousarray(self.state[:, copies])
        self.done = self.done[copies]
        self.pop_size = self.done.size

    def _observations(self) -> NDArray[np.float32]:
        return self.state.T.astype(np.float32)

    def _start(self, rng: np.random.Generator) -> Sequence[float]:
        raise NotImplementedError

    def _move(self, actions: NDArray[Any]) -> tuple[NDArray[Any], Floats, Bools]:
        raise NotImplementedError


class BatchCartPole(BatchEnv):
    """CartPole: state (4, pop_size) in float64, the operations in the order of Gymnasium's source."""

    def _start(self, rng: np.random.Generator) -> Sequence[float]:
        return list(rng.uniform(low=-0.05, high=0.05, size=(4,)))

    def _move(self, actions: NDArray[Any]) -> tuple[NDArray[Any], Floats, Bools]:
        gravity, half_length, tau = 9.8, 0.5, 0.02
        mass_pole, total_mass = 0.1, 0.1 + 1.0
        pole_mass_length = mass_pole * half_length
        x, x_dot, theta, theta_dot = self.state
        force = np.where(actions == 1, 10.0, -10.0)
        cos, sin = np.cos(theta), np.sin(theta)
        push = (force + pole_mass_length * np.square(theta_dot) * sin) / total_mass
        theta_acc = (gravity * sin - cos * push) / (half_length * (4.0 / 3.0 - mass_pole * np.square(cos) / total_mass))
        x_acc = push - pole_mass_length * theta_acc * cos / total_mass
        state = np.stack((x + tau * x_dot, x_dot + tau * x_acc, theta + tau * theta_dot, theta_dot + tau * theta_acc))
        limit = 12 * 2 * math.pi / 360
        terminated = (state[0] < -2.4) | (state[0] > 2.4) | (state[2] < -limit) | (state[2] > limit)
        return state, np.ones(self.pop_size), terminated


class BatchMountainCar(BatchEnv):
    """MountainCarContinuous: state (2, pop_size), float64 until the first step and float32 from there on.

    Gymnasium mixes precisions: the position is moved in the state's own precision where the velocity is at its limit
    (a Python float there), in float64 elsewhere. ``math.cos`` and ``math.pow`` are called as Gymnasium calls them;
    numpy's may differ in the last bit.
    """

    def _start(self, rng: np.random.Generator) -> Sequence[float]:
        return float(rng.uniform(low=-0.6, high=-0.4)), 0.0

    def _move(self, actions: NDArray[Any]) -> tuple[NDArray[Any], Floats, Bools]:
        action = actions.reshape(-1).astype(np.float64)
        force = np.minimum(np.maximum(action, -1.0), 1.0)
        position, velocity = self.state
        cos = np.fromiter(map(math.cos, (3 * position).tolist()), dtype=np.float64, count=self.pop_size)
        velocity = velocity + (force * 0.0015 - 0.0025 * cos)
        fast = np.abs(velocity) > 0.07
        velocity = np.minimum(np.maximum(velocity, -0.07), 0.07)
        moved = position + velocity
        at_goal = moved >= 0.45
        if fast.any():
            own = position.dtype.type
            moved_fast = position + velocity.astype(own)
            at_goal = np.where(fast, moved_fast >= own(0.45), at_goal)
            at_wall = np.where(fast, moved_fast <= own(-1.2), moved <= -1.2)
            moved = np.where(fast, moved_fast, moved)
        else:
            at_wall = moved <= -1.2
        moved = np.minimum(np.maximum(moved, -1.2), 0.6)
        velocity = np.where(at_wall & (velocity < 0), 0.0, velocity)
        terminated = at_goal & (velocity >= 0)
        squares = np.fromiter((math.pow(a, 2) for a in action.tolist()), dtype=np.float64, count=self.pop_size)
        rewards = np.where(terminated, 100.0, 0.0) - squares * 0.1
        return np.stack((moved, velocity)).astype(np.float32), rewards, terminated


def make_batch_env(env_id: str, pop_size: int) -> BatchEnv:
    """Return pop_size copies of an environment; copy k with seed s gives what ``gymnasium.make(env_id)`` gives with s.

    Raises:
        WrongCall: the course has no such environment.
    """
    if env_id not in ENVIRONMENTS:
        raise WrongCall(f"no batch environment for {env_id!r}: expected one of {', '.join(ENVIRONMENTS)}")
    environment = environment_of(env_id)
    return (BatchCartPole if environment.discrete else BatchMountainCar)(environment, pop_size)
