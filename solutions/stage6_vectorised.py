"""Stage 6 (bonus): the whole population in one array."""

import numpy as np
from evolution import make_batch_env


def stack(pop):
    """Return params with a leading population axis: w0 (pop_size, i_size, h_size) and so on.

    Args:
        pop: a list of pop_size params with the same keys and shapes.

    Example:
        >>> pop = [{"w0": np.zeros((4, 10)), "b0": np.zeros((1, 10))} for _ in range(32)]
        >>> stack(pop)["b0"].shape
        (32, 1, 10)

    Note:
        A (1, 10) bias becomes (32, 1, 10), not (32, 10).
    """
    ### BEGIN SOLUTION
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}
    ### END SOLUTION


def forward_batch(observations, stacked):
    """Return (pop_size, o_size): member k's output for observation k.

    Args:
        observations: one observation a member, (pop_size, i_size).
        stacked: params with a leading population axis, as stack returns them.

    Example:
        >>> one = {"w0": np.ones((2, 3)), "b0": np.zeros((1, 3))}
        >>> one |= {"w1": np.ones((3, 1)), "b1": np.ones((1, 1))}
        >>> forward_batch(np.array([[0.5, 1.0], [0.0, 0.0]]), stack([one, one]))
        array([[5.5],
               [1. ]])

    Note:
        Each member has a matrix of its own:
        (32, 4) @ (32, 4, 10) would multiply every observation with every matrix.
    """
    ### BEGIN SOLUTION
    x = np.asarray(observations, dtype=np.float64)[:, None, :]
    hidden = np.maximum(x @ stacked["w0"] + stacked["b0"], 0.0)
    return (hidden @ stacked["w1"] + stacked["b1"])[:, 0, :]
    ### END SOLUTION


def episode_batch(pop, env_id, seeds):
    """Return (pop_size,) fitness: member k plays one episode with the k-th seed.

    Args:
        pop: a list of pop_size params.
        env_id: "CartPole-v0", "CartPole-v1" or "MountainCarContinuous-v0".
        seeds: one seed a member.

    Returns:
        What [episode(p, env_id, seed=s) for p, s in zip(pop, seeds)] gives, many times as fast.

    Example:
        >>> from evolution import initialize_parameters
        >>> pop = [initialize_parameters(4, 10, 2) for _ in range(8)]
        >>> episode_batch(pop, "CartPole-v0", seeds=range(8)).shape
        (8,)

    Note:
        make_batch_env's actions are ints (pop_size,) for CartPole, floats (pop_size, 1) in [-1, 1]
        for the mountain car. A copy that is done stays done, with reward 0: go on until all are.
    """
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
