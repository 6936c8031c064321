"""The course's answers and the reference are two independent answers to one contract, and give the same."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import evolution_ref.agents
import evolution_ref.batch_env
import evolution_ref.episode
import evolution_ref.policy
from grader.models import load

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
if str(SOLUTIONS) not in sys.path:
    sys.path.insert(0, str(SOLUTIONS))
evolution: Any = __import__("evolution")
SIZES = {"CartPole-v0": (4, 10, 2), "CartPole-v1": (4, 10, 2), "MountainCarContinuous-v0": (2, 10, 1)}


def population(env_id: str, pop_size: int) -> list[Any]:
    rng = np.random.default_rng(11)
    return [evolution.initialize_parameters(*SIZES[env_id], rng=rng) for _ in range(pop_size)]


def same(one: Any, two: Any) -> bool:
    return set(one) == set(two) and all(np.array_equal(one[key], two[key]) for key in one)


@pytest.mark.parametrize("env_id", SIZES)
def test_first_parameters_and_children_are_the_same_draws(env_id: str) -> None:
    ours, theirs = (
        draw(*SIZES[env_id], rng=np.random.default_rng(2))
        for draw in (evolution.initialize_parameters, evolution_ref.policy.initialize_parameters)
    )
    assert same(ours, theirs)
    sample = load(2).sample_params
    for sigma in (0.0, 0.3, 2.0):
        assert same(
            sample(ours, sigma=sigma, rng=np.random.default_rng(5)),
            evolution_ref.policy.sample_params(ours, sigma=sigma, rng=np.random.default_rng(5)),
        )


@pytest.mark.parametrize("env_id", SIZES)
def test_outputs_and_actions_agree(env_id: str) -> None:
    stage = load(1)
    rng = np.random.default_rng(3)
    for params in population(env_id, 50):
        x = rng.standard_normal(SIZES[env_id][0]).astype(np.float32)
        for name in ("forward", "continuous_action"):
            ours, theirs = getattr(stage, name)(x, params), getattr(evolution_ref.policy, name)(x, params)
            np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)
        assert stage.discrete_action(x, params) == evolution_ref.policy.discrete_action(x, params)


@pytest.mark.parametrize("env_id", SIZES)
def test_both_batches_of_environments_give_the_same_floats(env_id: str) -> None:
    ours, theirs = (module.make_batch_env(env_id, 64) for module in (evolution, evolution_ref.batch_env))
    rng = np.random.default_rng(9)
    seeds = rng.integers(0, 2**31, 64)
    assert np.array_equal(ours.reset(seeds), theirs.reset(seeds))
    for _ in range(999):
        actions = rng.integers(0, 2, 64) if env_id.startswith("CartPole") else rng.uniform(-1, 1, (64, 1))
        for one, two in zip(ours.step(actions), theirs.step(actions), strict=True):
            assert np.array_equal(one, two)


@pytest.mark.parametrize("env_id", SIZES)
def test_an_episode_has_the_same_fitness_three_ways(env_id: str) -> None:
    pop, seeds = population(env_id, 12), range(100, 112)
    alone = [evolution.episode(params, env_id, seed=seed) for params, seed in zip(pop, seeds, strict=True)]
    theirs = [evolution_ref.episode.episode(params, env_id, seed=seed) for params, seed in zip(pop, seeds, strict=True)]
    np.testing.assert_allclose(load(6).episode_batch(pop, env_id, seeds), alone, rtol=0, atol=1e-9)
    np.testing.assert_allclose(theirs, alone, rtol=0, atol=1e-6)


def test_an_agent_saved_by_one_is_found_by_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "render.py").write_text("")
    (tmp_path / "exercises").mkdir()
    monkeypatch.chdir(tmp_path / "exercises")
    first, second = population("CartPole-v0", 2)
    evolution.save_params(first, "CartPole-v0", 1)
    evolution_ref.agents.save_params(second, "CartPole-v0", "best")
    assert same(evolution_ref.agents.load_params("CartPole-v0", 1), first)
    assert same(evolution.load_params("CartPole-v0", "best"), second)
