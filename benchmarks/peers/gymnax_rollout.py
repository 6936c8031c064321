"""gymnax with evosax's own rollout, under jit: python gymnax_rollout.py ENV_ID POP_SIZE H_SIZE.

Steps are those of living members, as everywhere here: evosax goes on to the last step of the longest episode.
"""

import sys
from importlib.metadata import version

import jax
import jax.numpy as jnp
from answers import answer
from evosax.problems.rl.gymnax import GymnaxProblem
from flax import linen
from networks import networks

env_id, pop_size, h_size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
discrete = env_id.startswith("CartPole")


class Policy(linen.Module):
    """One hidden layer; the action that the environment takes."""

    @linen.compact
    def __call__(self, x: jax.Array, key: jax.Array) -> jax.Array:
        hidden = linen.relu(linen.Dense(h_size, name="layer0")(x))
        out = linen.Dense(2 if discrete else 1, name="layer1")(hidden)
        return jnp.argmax(out, axis=-1) if discrete else jnp.clip(out, -1.0, 1.0)


problem = GymnaxProblem(env_id, Policy(), use_normalize_obs=False)
numbers = networks(4, h_size, 2, pop_size) if discrete else networks(2, h_size, 1, pop_size)
layers = {
    f"layer{k}": {"kernel": jnp.asarray(numbers[f"w{k}"]), "bias": jnp.asarray(numbers[f"b{k}"][:, 0])} for k in (0, 1)
}
solutions = {"params": layers}
state = problem.init(jax.random.key(0))
key = jax.random.key(1)


@jax.jit
def fitness_and_steps(key: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Return the fitness (pop_size,) of one evaluation and how many steps living members took in it."""
    fitness, _, metrics = problem.eval(key, solutions, state)
    if discrete:  # a reward of 1 a living step
        return fitness, fitness.sum()
    ended = jnp.argmax(metrics["env_states"][1].time == 0, axis=-1)  # gymnax resets an env that is done: time 0 again
    length = problem.episode_length
    return fitness, jnp.where(ended == 0, length, ended + 1).sum()


def play() -> int:
    global key
    key, now = jax.random.split(key)
    _, steps = fitness_and_steps(now)
    return int(steps)


play()
answer(f"gymnax {version('gymnax')}, evosax {version('evosax')}, jax {version('jax')}", play)
