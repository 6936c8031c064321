"""Stage 6 (bonus): the whole population in one array."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    """Return params with a leading population axis: w0 (pop_size, i_size, h_size) and so on."""
    ### BEGIN SOLUTION
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}
    ### END SOLUTION


def forward_batch(observations, stacked):
    """Return (pop_size, o_size): member k's output for observation k."""
    ### BEGIN SOLUTION
    x = np.asarray(observations, dtype=np.float64)[:, None, :]
    hidden = np.maximum(x @ stacked["w0"] + stacked["b0"], 0.0)
    return (hidden @ stacked["w1"] + stacked["b1"])[:, 0, :]
    ### END SOLUTION


def episode_batch(pop, env_id, seeds):
    """Return (pop_size,) fitness: member k plays one episode with seed k."""
    ### BEGIN SOLUTION
    stacked = stack(pop)
    env = make_batch_env(env_id, len(pop))
    observations = env.reset(seeds)
    fitness = np.zeros(len(pop))
    done = np.zeros(len(pop), dtype=bool)
    while not done.all():
        outputs = forward_batch(observations, stacked)
        actions = np.argmax(outputs, axis=1) if env_id.startswith("CartPole") else np.clip(outputs, -1.0, 1.0)
        observations, rewards, done = env.step(actions)
        fitness += rewards
    return fitness
    ### END SOLUTION
