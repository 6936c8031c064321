"""The batch environment beside Gymnasium's own, bit for bit."""

import warnings

import gymnasium
import numpy as np
import pytest

from evolution_ref.batch_env import make_batch_env
from evolution_ref.environments import ENVIRONMENTS, make_env
from evolution_ref.episode import episode, episode_batch
from evolution_ref.policy import initialize_parameters, sample_params

ENV_IDS = list(ENVIRONMENTS)


def actions_for(env_id, observation, step, rng):
    """Return an action a copy: at random for some; other cars swing, which meets speed limit, wall and flag."""
    copies = len(observation)
    if ENVIRONMENTS[env_id].discrete:
        return np.where(np.arange(copies) % 2, rng.integers(2, size=copies), observation[:, 2] + observation[:, 3] > 0)
    actions = rng.uniform(-1, 1, size=(copies, 1))
    position, velocity = observation[::3].T
    turn = np.linspace(-0.5, -0.2, len(position))  # from here against the climb, to turn short of the flag
    back = (position > turn) & (velocity > 0) & (step < 500)
    actions[::3, 0] = np.where(back, -1.0, np.where(velocity < 0, -1.0, 1.0))
    actions[1::3] = rng.choice([-1.0, 0.0, 1.0], size=actions[1::3].shape)
    return actions


@pytest.mark.parametrize("env_id", ENV_IDS)
def test_each_copy_gives_the_floats_of_gymnasium(env_id):
    rng, copies = np.random.default_rng(5), 24
    seeds = [0, 1, 2**40, *rng.integers(2**31, size=copies - 3).tolist()]
    batch = make_batch_env(env_id, copies)
    observed = [batch.reset(seeds)]
    actions, rewards, done = [], [], []
    for step in range(ENVIRONMENTS[env_id].max_steps + 3):
        actions.append(actions_for(env_id, observed[-1], step, rng))
        observation, reward, over = batch.step(actions[-1])
        observed.append(observation)
        rewards.append(reward)
        done.append(over)
    assert observed[0].dtype == np.float32 and rewards[0].dtype == np.float64 and done[0].dtype == np.bool_
    for k, seed in enumerate(seeds):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            env = gymnasium.make(env_id, disable_env_checker=True)
        observation, _ = env.reset(seed=seed)
        assert np.array_equal(observation, observed[0][k])
        over = False
        for step, row in enumerate(actions):
            if over:
                assert rewards[step][k] == 0.0 and done[step][k], "a copy that is done rests"
                continue
            action = int(row[k]) if ENVIRONMENTS[env_id].discrete else row[k]
            observation, reward, terminated, truncated, _ = env.step(action)
            over = terminated or truncated
            assert np.array_equal(observation, observed[step + 1][k]), f"copy {k}, step {step}"
            assert reward == rewards[step][k] and over == done[step][k], f"copy {k}, step {step}"
        assert over


def test_the_cars_of_these_tests_meet_speed_limit_wall_and_flag():
    env = make_batch_env("MountainCarContinuous-v0", 24)
    observed = [env.reset(range(24))]
    for step in range(999):
        observed.append(
            env.step(actions_for("MountainCarContinuous-v0", observed[-1], step, np.random.default_rng(5)))[0]
        )
    position, velocity = np.array(observed).T
    assert np.float32(0.07) in np.abs(velocity) and np.float32(-1.2) in position and position.max() >= 0.45


@pytest.mark.parametrize("env_id", ENV_IDS)
def test_a_population_together_plays_the_very_episodes_that_it_plays_one_by_one(env_id):
    rng = np.random.default_rng(6)
    _, _, i_size, o_size = make_env(env_id)
    pop = [initialize_parameters(i_size, 10, o_size, rng) for _ in range(40)]
    pop = [sample_params(params, sigma=k % 3, rng=rng) for k, params in enumerate(pop)]
    seeds = rng.integers(2**31, size=40).tolist()
    assert episode_batch(pop, env_id, seeds).tolist() == [
        episode(params, env_id, seed) for params, seed in zip(pop, seeds, strict=True)
    ]


def test_a_reset_begins_anew():
    env = make_batch_env("CartPole-v0", 3)
    first = env.reset([1, 2, 3])
    for _ in range(200):
        env.step(np.ones(3, dtype=int))
    assert env.done.all()
    assert np.array_equal(env.reset(np.array([1, 2, 3])), first) and not env.done.any()


def test_seeds_must_be_one_a_copy():
    with pytest.raises(ValueError, match="2 seeds for 3 copies"):
        make_batch_env("CartPole-v0", 3).reset([1, 2])
