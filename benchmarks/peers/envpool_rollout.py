"""EnvPool with a policy a copy: python envpool_rollout.py ENV_ID POP_SIZE H_SIZE.

A copy whose episode ends begins another, so that no copy ever waits.
"""

import sys

import envpool
import numpy as np
from answers import answer
from networks import networks, outputs

env_id, pop_size, h_size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
STEPS = 20
discrete = env_id.startswith("CartPole")
env = envpool.make(env_id, env_type="gymnasium", num_envs=pop_size, num_threads=2)
stacked = networks(4, h_size, 2, pop_size) if discrete else networks(2, h_size, 1, pop_size)


def play() -> int:
    """Take STEPS steps; one that only resets a copy doesn't count."""
    global observations, over
    steps = 0
    for _ in range(STEPS):
        out = outputs(observations, stacked)
        actions = np.argmax(out, axis=1).astype(np.int32) if discrete else np.clip(out, -1.0, 1.0).astype(np.float32)
        observations, _, terminated, truncated, _ = env.step(actions)
        steps += pop_size - int(over.sum())
        over = terminated | truncated
    return steps


observations, _ = env.reset()
over = np.zeros(pop_size, dtype=bool)
play()
answer(f"envpool {envpool.__version__}", play)
