"""How far the compiled engine is from Gymnasium: measured over 100,000 random (member, seed) pairs an environment."""

import multiprocessing
import os

import numpy as np
import pytest
from gymnasium.utils.seeding import np_random

from evolution_ref.environments import environment_of, open_env
from evolution_ref.episode import episode, episode_batch
from evolution_ref.population import Floats, Population, network_shapes, row_size

pytest.importorskip("numba", reason="pip install 'evolution-kit[fast]'")

from evolution_ref.engines.compiled import KERNELS, Compiled, Seeds
from evolution_ref.engines.kernels.resets import initial_states

ENV_IDS = list(KERNELS)
PAIRS = 100_000
SAME = 1e-9
"""Fitness that differs by less is the same episode: a step more or less, or another action, changes it by more."""


def members(
    env_id: str, pop_size: int, h_size: int, rng: np.random.Generator, around: Floats | None = None
) -> Population:
    """Return random members, or members at random distances from one."""
    environment = environment_of(env_id)
    shapes = network_shapes(environment.i_size, h_size, environment.o_size)
    rows = rng.standard_normal((pop_size, row_size(shapes)))
    if around is not None:
        rows = around + rng.random((pop_size, 1)) * rows
    return Population(rows, shapes)


def random_seeds(count: int, rng: np.random.Generator) -> Seeds:
    return rng.integers(2**63, size=count, dtype=np.uint64)


def evolved(env_id: str, h_size: int, rng: np.random.Generator) -> Floats:
    """Return a member that plays well, so that episodes are long and reach the goal."""
    pop = members(env_id, 512, h_size, rng)
    for _ in range(20):
        best = pop.rows[int(np.argmax(Compiled().play(env_id, pop, random_seeds(512, rng))))]
        pop = members(env_id, 512, h_size, rng, around=best)
    return best


def share_equal(env_id: str, pop: Population, seeds: Seeds) -> float:
    """Return the share of episodes with the fitness of Gymnasium, whose floats the batch environment gives."""
    got = Compiled().play(env_id, pop, seeds)
    parts = [slice(first, first + 2500) for first in range(0, len(pop), 2500)]
    with multiprocessing.get_context("spawn").Pool(len(os.sched_getaffinity(0))) as pool:
        calls = [(pop[part], env_id, seeds[part].tolist()) for part in parts]
        expected = np.concatenate(pool.starmap(episode_batch, calls, chunksize=1))
    assert got.mean() == pytest.approx(expected.mean(), rel=0.001)
    return float(np.mean(np.abs(got - expected) < SAME))


@pytest.mark.long
@pytest.mark.parametrize("env_id", ENV_IDS)
def test_of_100_000_random_pairs_all_but_one_in_a_thousand_play_as_on_gymnasium(env_id):
    rng = np.random.default_rng(7)
    assert share_equal(env_id, members(env_id, PAIRS, 10, rng), random_seeds(PAIRS, rng)) >= 0.999


@pytest.mark.parametrize("env_id", ENV_IDS)
def test_of_pairs_around_a_good_member_all_but_one_in_a_hundred_play_as_on_gymnasium(env_id):
    rng = np.random.default_rng(8)
    good = members(env_id, PAIRS // 20, 10, rng, around=evolved(env_id, 10, rng))
    assert share_equal(env_id, good, random_seeds(len(good), rng)) >= 0.99


@pytest.mark.parametrize("env_id", ENV_IDS)
@pytest.mark.parametrize("h_size", [1, 3, 10, 33])
def test_any_hidden_size_plays_as_on_gymnasium(env_id, h_size):
    rng = np.random.default_rng(h_size)
    pop = members(env_id, 20, h_size, rng)
    seeds = random_seeds(20, rng)
    expected = [episode(params, env_id, int(seed)) for params, seed in zip(pop, seeds, strict=True)]
    assert Compiled().play(env_id, pop, seeds) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("env_id", ENV_IDS)
def test_initial_states_are_the_very_floats_of_a_gymnasium_reset(env_id):
    kernel = KERNELS[env_id]
    seeds = np.array([0, 1, 2**32 - 1, 2**32, 2**63 - 1, *range(100, 300)], dtype=np.uint64)
    states = np.empty((kernel.DRAWS, len(seeds)))
    initial_states(seeds, *kernel.RESET, states)
    env = open_env(env_id)
    for state, seed in zip(states.T, seeds.tolist(), strict=True):
        env.reset(seed=seed)
        assert np.array_equal(env.unwrapped.state[: kernel.DRAWS], state)
        assert np.array_equal(np_random(seed)[0].uniform(*kernel.RESET, size=kernel.DRAWS), state)


def test_the_number_of_threads_and_of_members_changes_no_fitness():
    rng = np.random.default_rng(3)
    pop = members("CartPole-v1", 20_000, 10, rng)
    seeds = random_seeds(len(pop), rng)
    whole = Compiled(threads=2).play("CartPole-v1", pop, seeds)
    assert np.array_equal(whole, Compiled(threads=1).play("CartPole-v1", pop, seeds))
    assert np.array_equal(whole[5000:5007], Compiled().play("CartPole-v1", pop[5000:5007], seeds[5000:5007]))
