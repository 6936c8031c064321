"""CartPole played by the process that asks for the fitness: work for several cores, worth no points."""

from threading import local
from typing import Any

import gymnasium
import numpy as np

ENV_ID = "CartPole-v1"
STEPS = 1000

_room = local()  # an environment for each thread


class Play:
    """A ``fitness`` that plays so many steps whatever the network does, so that every member is the same work."""

    def __call__(self, params: Any) -> float:
        """Return the rewards of STEPS steps, over as many episodes as these take."""
        if not hasattr(_room, "env"):
            _room.env = gymnasium.make(ENV_ID)
        env: Any = _room.env
        observation, _ = env.reset(seed=0)
        total = 0.0
        for _ in range(STEPS):
            hidden = np.maximum(observation @ params["w0"] + params["b0"], 0.0)
            action = int(np.argmax(hidden @ params["w1"] + params["b1"]))
            observation, reward, terminated, truncated, _ = env.step(action)
            total += float(reward)
            if terminated or truncated:
                observation, _ = env.reset()
        return total


class Draw:
    """An ``init`` that draws a network of 4, 10 and 2."""

    def __call__(self, rng: Any = None) -> dict[str, Any]:
        """Return one random member."""
        rng = np.random.default_rng(rng)
        shapes = {"w0": (4, 10), "b0": (1, 10), "w1": (10, 2), "b1": (1, 2)}
        return {key: rng.standard_normal(shape) for key, shape in shapes.items()}
