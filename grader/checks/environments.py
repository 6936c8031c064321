"""CartPole and MountainCarContinuous as problems: the grader plays each episode itself, fast and deterministic.

The steps are Gymnasium's (a test holds them equal); an episode ends early, to be cheap. Generation 0 lies around a
policy that is poor and can be mended in small steps: selection gains a little each time, luck alone hardly ever.
"""

from dataclasses import dataclass
from math import cos, sin

import numpy as np

from ..kit.problems import require_params
from ..kit.run import Params

CARTPOLE_STEPS = 120
CAR_STEPS = 60
H_SIZE = 4
Units = list[tuple[float, ...]]


def _zeros(i_size: int, o_size: int) -> Params:
    shapes = {"w0": (i_size, H_SIZE), "b0": (1, H_SIZE), "w1": (H_SIZE, o_size), "b1": (1, o_size)}
    return {key: np.zeros(shape) for key, shape in shapes.items()}


POLE, CAR = _zeros(4, 2), _zeros(2, 1)


@dataclass(frozen=True)
class CartPole:
    """An episode of CartPole; generation 0 balances, but pushes too often to one side."""

    seed: int
    sigma: float = 0.1
    passes_at: float = 80.0

    def member(self, draw: int) -> Params:
        """Return the poor policy with noise of its own."""
        poor = _zeros(4, 2)
        poor["w0"][2:, :2] = [[2.0, -2.0], [1.0, -1.0]]
        poor["w1"][:2] = [[-1.0, 1.0], [1.0, -1.0]]
        poor["b1"][:] = [[0.7, -0.7]]
        return _around(poor, self.sigma, [self.seed, draw])

    def fitness(self, params: Params) -> float:
        """Return the number of steps that the pole stands."""
        require_params(params, POLE)
        hidden, (left, right) = _units(params)
        x, v, angle, turn = np.random.default_rng(self.seed).uniform(-0.05, 0.05, 4).tolist()
        for step in range(1, CARTPOLE_STEPS + 1):
            outputs = [left, right]
            for a, b, c, d, bias, to_left, to_right in hidden:
                active = x * a + v * b + angle * c + turn * d + bias
                if active > 0:
                    outputs[0] += active * to_left
                    outputs[1] += active * to_right
            x, v, angle, turn = cartpole_step((x, v, angle, turn), outputs[1] > outputs[0])
            if not (-2.4 <= x <= 2.4 and -ANGLE <= angle <= ANGLE):
                return float(step)
        return float(CARTPOLE_STEPS)


@dataclass(frozen=True)
class MountainCar:
    """An episode of MountainCarContinuous; generation 0 wastes its engine, and learns first to spare it."""

    seed: int
    sigma: float = 0.15
    passes_at: float = -1.1

    def member(self, draw: int) -> Params:
        """Return the wasteful policy with noise of its own."""
        poor = _zeros(2, 1)
        poor["b1"][:] = 0.9
        return _around(poor, self.sigma, [self.seed, draw])

    def fitness(self, params: Params) -> float:
        """Return the sum of the rewards."""
        require_params(params, CAR)
        hidden, (start,) = _units(params)
        position, velocity, total = float(np.random.default_rng(self.seed).uniform(-0.6, -0.4)), 0.0, 0.0
        for _ in range(CAR_STEPS):
            output = start
            for a, b, bias, out in hidden:
                active = position * a + velocity * b + bias
                if active > 0:
                    output += active * out
            force = min(max(output, -1.0), 1.0)
            position, velocity = mountain_car_step((position, velocity), force)
            total -= 0.1 * force * force
            if position >= 0.45 and velocity >= 0:
                return total + 100.0
        return total


ANGLE = 12 * 2 * 3.141592653589793 / 360


def cartpole_step(state: tuple[float, ...], to_the_right: bool) -> tuple[float, ...]:
    """Return the next state (position, velocity, angle, angular velocity)."""
    x, v, angle, turn = state
    force = 10.0 if to_the_right else -10.0
    c, s = cos(angle), sin(angle)
    push = (force + 0.05 * turn * turn * s) / 1.1
    bend = (9.8 * s - c * push) / (0.5 * (4.0 / 3.0 - 0.1 * c * c / 1.1))
    pull = push - 0.05 * bend * c / 1.1
    return x + 0.02 * v, v + 0.02 * pull, angle + 0.02 * turn, turn + 0.02 * bend


def mountain_car_step(state: tuple[float, float], force: float) -> tuple[float, float]:
    """Return the next position and velocity."""
    position, velocity = state
    velocity = min(max(velocity + force * 0.0015 - 0.0025 * cos(3 * position), -0.07), 0.07)
    position = min(max(position + velocity, -1.2), 0.6)
    return position, 0.0 if position == -1.2 and velocity < 0 else velocity


def _around(poor: Params, sigma: float, seed: list[int]) -> Params:
    rng = np.random.default_rng(seed)
    return {key: value + sigma * rng.standard_normal(value.shape) for key, value in poor.items()}


def _units(params: Params) -> tuple[Units, list[float]]:
    """Return (weights in, bias, weights out) of each hidden unit, and the output's biases, as plain floats."""
    weights = np.concatenate([params["w0"], params["b0"], np.asarray(params["w1"]).T])
    return [tuple(unit) for unit in weights.T.tolist()], np.asarray(params["b1"]).reshape(-1).tolist()
