"""EnvPool with a policy a copy: python envpool_rollout.py ENV_ID POP_SIZE H_SIZE.

A copy counts until its first episode ends; the population is played when all have ended.
"""

import sys

import envpool
import numpy as np
from answers import answer
from networks import networks, outputs

env_id, pop_size, h_size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
discrete = env_id.startswith("CartPole")
env = envpool.make(env_id, env_type="gymnasium", num_envs=pop_size, num_threads=2)
stacked = networks(4, h_size, 2, pop_size) if discrete else networks(2, h_size, 1, pop_size)


def play() -> int:
    observations, _ = env.reset()
    playing, steps = np.ones(pop_size, dtype=bool), 0
    while playing.any():
        out = outputs(observations, stacked)
        actions = np.argmax(out, axis=1).astype(np.int32) if discrete else np.clip(out, -1.0, 1.0).astype(np.float32)
        observations, _, terminated, truncated, _ = env.step(actions)
        steps += int(playing.sum())
        playing &= ~(terminated | truncated)
    return steps


play()
answer(f"envpool {envpool.__version__}", play)
