"""What the exercises give you: environments, first parameters, episodes, saved agents, and a batch of environments.

    from evolution import make_env, initialize_parameters, episode, save_params, load_params

Params are one network: a dict with w0 (i_size, h_size), b0 (1, h_size), w1 (h_size, o_size), b1 (1, o_size).
"""

import math
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Params = dict[str, NDArray[np.float64]]

ENV_IDS = ("CartPole-v0", "CartPole-v1", "MountainCarContinuous-v0")


def make_env(env_id: str) -> tuple[Any, Any, int, int]:
    """Return (env, forward, i_size, o_size) for an environment.

    ``forward(observation, params)`` is your discrete_action or continuous_action of stage1_forward.py, whichever the
    environment's actions call for. Gymnasium's warnings are switched off.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import gymnasium

        warnings.simplefilter("ignore")  # once more: the import puts a filter of its own before ours
        try:
            env: Any = gymnasium.make(env_id, disable_env_checker=True)
        except (gymnasium.error.Error, TypeError):
            raise ValueError(f"no environment {env_id!r}: the course uses {', '.join(ENV_IDS)}") from None
    i_size = math.prod(env.observation_space.shape)
    if isinstance(env.action_space, gymnasium.spaces.Discrete):
        return env, _discrete_action, i_size, int(env.action_space.n)
    return env, _continuous_action, i_size, math.prod(env.action_space.shape)


def _discrete_action(observation: ArrayLike, params: Params) -> int:
    """Return the action of the stage1_forward.py beside this file; a function of this file, so that workers find it."""
    import stage1_forward

    try:
        return stage1_forward.discrete_action(observation, params)
    except NotImplementedError:
        raise NotImplementedError("stage 1 is not done yet: write discrete_action in stage1_forward.py") from None


def _continuous_action(observation: ArrayLike, params: Params) -> NDArray[np.float64]:
    """Return the action of the stage1_forward.py beside this file; a function of this file, so that workers find it."""
    import stage1_forward

    try:
        return stage1_forward.continuous_action(observation, params)
    except NotImplementedError:
        raise NotImplementedError("stage 1 is not done yet: write continuous_action in stage1_forward.py") from None


def initialize_parameters(i_size: int, h_size: int, o_size: int, rng: np.random.Generator | None = None) -> Params:
    """Return params with standard-normal weights and zero biases; ``rng`` None means fresh random numbers."""
    if rng is None:
        rng = np.random.default_rng()
    return {
        "w0": rng.standard_normal((i_size, h_size)),
        "b0": np.zeros((1, h_size)),
        "w1": rng.standard_normal((h_size, o_size)),
        "b1": np.zeros((1, o_size)),
    }


def episode(params: Params, env_id: str, seed: int | None = None) -> float:
    """Play one episode and return its fitness, the sum of its rewards; the same seed gives the same float."""
    env, forward, _, _ = make_env(env_id)
    observation, _ = env.reset(seed=None if seed is None else int(seed))
    fitness, done = 0.0, False
    while not done:
        observation, reward, terminated, truncated, _ = env.step(forward(observation, params))
        fitness += float(reward)
        done = terminated or truncated
    env.close()
    return fitness


def save_params(params: Params, env_id: str, agent_id: int | str) -> None:
    """Write an agent to agents/<env_id>/<agent_id>.npz, so that render.py and load_params find it."""
    path = _agent_path(env_id, agent_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            np.savez(file, **{key: np.asarray(value, dtype=np.float64) for key, value in params.items()})
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def load_params(env_id: str, agent_id: int | str) -> Params:
    """Return the params that save_params wrote for an agent."""
    path = _agent_path(env_id, agent_id)
    if not path.is_file():
        there = _in_words([file.stem for file in path.parent.glob("*.npz")])
        raise FileNotFoundError(
            f"no agent {agent_id} of {env_id}: {_shown(path.parent)} has {there}; save one with save_params"
        )
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {key: arrays[key] for key in arrays.files}
    except Exception as error:
        raise ValueError(
            f"{_shown(path)} is not an agent ({type(error).__name__}): save it again with save_params"
        ) from None


def _agent_path(env_id: str, agent_id: int | str) -> Path:
    """Return an agent's file; agents/ lies beside the nearest render.py, else in the current folder."""
    for name, value in (("env_id", env_id), ("agent_id", agent_id)):
        if not str(value).strip() or any(sign in str(value) for sign in "/\\:\0"):
            raise ValueError(f"{name} {str(value)!r} cannot name a file: use a number or a word, without / \\ or :")
    here = Path.cwd()
    home = next((folder for folder in (here, *here.parents) if (folder / "render.py").is_file()), here)
    return home / "agents" / str(env_id) / f"{agent_id}.npz"


def _shown(path: Path) -> str:
    """Return a path as it is named from the current folder."""
    return os.path.relpath(path).replace(os.sep, "/")


def _in_words(agent_ids: list[str]) -> str:
    """Return which agents are there: "0 to 63, best"."""
    numbers = sorted(int(agent) for agent in agent_ids if agent.isdecimal())
    names = sorted(agent for agent in agent_ids if not agent.isdecimal())
    gaps = [k for k in range(1, len(numbers)) if numbers[k] != numbers[k - 1] + 1]
    runs = [numbers[a:b] for a, b in zip([0, *gaps], [*gaps, len(numbers)], strict=True) if a < b]
    words = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs] + names
    return ", ".join(words[:10]) + (", …" if len(words) > 10 else "") if words else "none"


class BatchEnv(Protocol):
    """Many copies of one environment in one array; each gives the very floats of Gymnasium's own."""

    def reset(self, seeds: Sequence[int] | NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Start copy k with seed k; return observations (pop_size, i_size)."""

    def step(self, actions: ArrayLike) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.bool_]]:
        """Return (observations (pop_size, i_size), rewards (pop_size,), done (pop_size,)); done copies rest."""


def make_batch_env(env_id: str, pop_size: int) -> BatchEnv:
    """Return pop_size copies of an environment in one array (stage 6).

    ``actions`` are ints (pop_size,) for CartPole, float64 (pop_size, 1) in [-1, 1] for MountainCarContinuous. Once a
    copy is done it stays done, with reward 0.
    """
    if env_id not in ENV_IDS:
        raise ValueError(f"no batch of {env_id!r}: there is one of {', '.join(ENV_IDS)}")
    if env_id == "MountainCarContinuous-v0":
        return _BatchMountainCar(pop_size, limit=999)
    return _BatchCartPole(pop_size, limit=200 if env_id == "CartPole-v0" else 500)


class _Batch:
    """What both batches share: seeds, the count of steps, who is done."""

    def __init__(self, pop_size: int, limit: int) -> None:
        self.pop_size, self.limit = int(pop_size), limit
        self.elapsed = 0
        self.done = np.ones(self.pop_size, dtype=bool)

    def _generators(self, seeds: Sequence[int] | NDArray[np.integer[Any]]) -> list[np.random.Generator]:
        """Return one generator a copy, as Gymnasium seeds its own, and begin anew."""
        if len(seeds) != self.pop_size:
            raise ValueError(f"reset got {len(seeds)} seeds for {self.pop_size} copies: give one seed a copy")
        self.elapsed = 0
        self.done = np.zeros(self.pop_size, dtype=bool)
        return [np.random.default_rng(int(seed)) for seed in seeds]

    def _actions(self, actions: ArrayLike, shape: tuple[int, ...], kinds: str, words: str) -> NDArray[Any]:
        """Return the actions as an array, checked."""
        array = np.asarray(actions)
        if array.shape != shape or array.dtype.kind not in kinds:
            raise ValueError(f"step got actions {array.dtype} {array.shape}: give {words} of shape {shape}")
        return array

    def _ended(self, terminated: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Count a step; return who is done now."""
        self.elapsed += 1
        self.done = self.done | terminated | (self.elapsed >= self.limit)
        return self.done.copy()


class _BatchCartPole(_Batch):
    """CartPole in float64, observed in float32, the formulas in Gymnasium's own order."""

    def reset(self, seeds: Sequence[int] | NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        rows = [rng.uniform(-0.05, 0.05, size=4) for rng in self._generators(seeds)]
        self.state = np.array(rows).T.copy()  # (4, pop_size)
        return self.state.T.astype(np.float32)

    def step(self, actions: ArrayLike) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.bool_]]:
        pushes = self._actions(actions, (self.pop_size,), "iu", "whole numbers, 0 or 1,")
        x, x_dot, theta, theta_dot = self.state
        force = np.where(pushes == 1, 10.0, -10.0)
        cos, sin = np.cos(theta), np.sin(theta)
        total_mass, pole_moment = 0.1 + 1.0, 0.1 * 0.5
        push = (force + pole_moment * np.square(theta_dot) * sin) / total_mass
        turn = (9.8 * sin - cos * push) / (0.5 * (4.0 / 3.0 - 0.1 * np.square(cos) / total_mass))
        acceleration = push - pole_moment * turn * cos / total_mass
        moved = np.array(
            [x + 0.02 * x_dot, x_dot + 0.02 * acceleration, theta + 0.02 * theta_dot, theta_dot + 0.02 * turn]
        )
        self.state = np.where(self.done, self.state, moved)
        rewards = np.where(self.done, 0.0, 1.0)
        x, _, theta, _ = self.state
        done = self._ended((np.abs(x) > 2.4) | (np.abs(theta) > 12 * 2 * math.pi / 360))
        return self.state.T.astype(np.float32), rewards, done


class _BatchMountainCar(_Batch):
    """MountainCarContinuous, which Gymnasium keeps in float32 after its first step."""

    def reset(self, seeds: Sequence[int] | NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        self.position: NDArray[Any] = np.array([rng.uniform(-0.6, -0.4) for rng in self._generators(seeds)])
        self.velocity: NDArray[Any] = np.zeros(self.pop_size)
        return np.stack([self.position, self.velocity], axis=1).astype(np.float32)

    def step(self, actions: ArrayLike) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.bool_]]:
        force = self._actions(actions, (self.pop_size, 1), "f", "floats")[:, 0].astype(np.float64)
        slope = np.array([math.cos(angle) for angle in (3 * self.position).tolist()])
        free = self.velocity + (np.clip(force, -1.0, 1.0) * 0.0015 - 0.0025 * slope)
        velocity = np.clip(free, -0.07, 0.07)
        # At its speed limit the car's position is added, and compared, in the precision that it is kept in.
        kept = self.position.dtype.type
        position = self.position + velocity
        limited = velocity != free
        if limited.any():
            position = np.where(limited, self.position + velocity.astype(kept), position)
        position = np.clip(position, -1.2, 0.6)
        goal = np.where(limited, np.float64(kept(0.45)), 0.45)
        velocity[(position == -1.2) & (velocity < 0)] = 0.0
        at_goal = (position >= goal) & (velocity >= 0)
        squares = np.array([math.pow(action, 2) for action in force.tolist()])
        rewards = np.where(self.done, 0.0, np.where(at_goal, 100.0, 0.0) - squares * 0.1)
        self.position = np.where(self.done, self.position, position).astype(np.float32)
        self.velocity = np.where(self.done, self.velocity, velocity).astype(np.float32)
        return np.stack([self.position, self.velocity], axis=1), rewards, self._ended(at_goal)
