"""Gymnasium's vector environment with a policy a copy, all in numpy: python gym_vector.py ENV_ID POP_SIZE H_SIZE.

CartPole has Gymnasium's own numpy vector environment; MountainCarContinuous has none, so it runs in SyncVectorEnv.
A copy whose episode ends begins another, so that no copy ever waits.
"""

import sys
import warnings

import gymnasium
import numpy as np
from answers import answer
from networks import networks, outputs

env_id, pop_size, h_size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
STEPS = 20
discrete = env_id.startswith("CartPole")
warnings.simplefilter("ignore")
mode = "vector_entry_point" if discrete else "sync"
env = gymnasium.make_vec(env_id, num_envs=pop_size, vectorization_mode=mode)
stacked = networks(4, h_size, 2, pop_size) if discrete else networks(2, h_size, 1, pop_size)


def play() -> int:
    """Take STEPS steps; one that only resets a copy doesn't count."""
    global observations, over
    steps = 0
    for _ in range(STEPS):
        out = outputs(observations, stacked)
        actions = np.argmax(out, axis=1) if discrete else np.clip(out, -1.0, 1.0).astype(np.float32)
        observations, _, terminated, truncated, _ = env.step(actions)
        steps += pop_size - int(over.sum())
        over = terminated | truncated
    return steps


observations, _ = env.reset(seed=1)
over = np.zeros(pop_size, dtype=bool)
play()
answer(f"gymnasium {gymnasium.__version__}", play)
