"""The engines: one door, one answer."""

import subprocess
import sys
import time
from functools import partial

import numpy as np
import pytest

from evolution_ref.engines import ENGINES, fastest_engine, open_engine
from evolution_ref.environments import environment_of
from evolution_ref.episode import Episode
from evolution_ref.evolve import evolve
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import initialize_parameters
from evolution_ref.retest import Champion

INSTALLED = [name for name, kind in ENGINES.items() if kind.installed]
HERE = [name for name in INSTALLED if name != "ray"]  # starting Ray takes long: test_cluster.py does it once


def evolved(engine, env_id, h_size=5, generations=3, pop_size=6):
    environment = environment_of(env_id)
    init = partial(initialize_parameters, environment.i_size, h_size, environment.o_size)
    with open_engine(engine, 2, env_id) as map_fn:
        champion = Champion(episodes=4, screening=2)
        return evolve(Episode(env_id), init, generations, pop_size, seed=11, map_fn=map_fn, champion=champion)


@pytest.mark.parametrize("engine", ["pool", "vectorised"])
@pytest.mark.parametrize("env_id", ["CartPole-v0", "CartPole-v1", "MountainCarContinuous-v0"])
def test_every_engine_returns_the_same_bits_as_map(engine, env_id):
    best, history = evolved(engine, env_id)
    expected_best, expected_history = evolved("map", env_id)
    assert np.array_equal(history, expected_history)
    assert all(np.array_equal(best[key], expected_best[key]) for key in expected_best)


@pytest.mark.parametrize("engine", HERE)
def test_every_engine_plays_episodes_of_its_own_choice_when_it_gets_no_seeds(engine):
    pop = [initialize_parameters(4, 10, 2, np.random.default_rng(k)) for k in range(20)]
    with open_engine(engine, 2, "CartPole-v0") as map_fn:
        first, second = list(map_fn(Episode("CartPole-v0"), pop)), list(map_fn(Episode("CartPole-v0"), pop))
    assert len(first) == len(second) == 20
    assert first != second


def slow_square(params, seed):
    time.sleep(0.002)
    return float(seed) ** 2


@pytest.mark.parametrize("size", [1, 7, 400])
def test_a_pool_keeps_the_order_whatever_the_chunks(size):
    with open_engine("pool", 2) as map_fn:
        assert map_fn(slow_square, [{}] * size, range(size)) == [float(k) ** 2 for k in range(size)]


def quick_square(params, seed):
    return float(seed) ** 2


def test_a_pool_sends_cheap_members_in_large_chunks_and_costly_ones_alone():
    with open_engine("pool", 2) as map_fn:
        map_fn(quick_square, [{}] * 1000, range(1000))
        assert map_fn.chunk(1000) == 250
        map_fn.cost = 0.05
        assert map_fn.chunk(1000) == 1


def failing(params, seed):
    raise ZeroDivisionError("a fitness that fails")


@pytest.mark.parametrize("engine", ["map", "pool"])
def test_a_fitness_that_fails_fails_as_itself(engine):
    with open_engine(engine, 2) as map_fn, pytest.raises(ZeroDivisionError):
        list(map_fn(failing, [{}] * 3, range(3)))


def test_an_engine_that_does_not_exist_or_cannot_play_is_refused_in_one_line():
    for call, expected in (
        (("warp",), "unknown engine 'warp': expected one of map, pool"),
        (("vectorised", 1, "Acrobot-v1"), "the engine 'vectorised' can't play Acrobot-v1"),
        (("pool", 1, None, "10.0.0.1:1"), "only the engine 'ray' goes to a cluster"),
    ):
        with pytest.raises(WrongCall, match=expected) as refused:
            open_engine(*call)
        assert "\n" not in str(refused.value)


def test_a_missing_extra_is_named_in_one_line(monkeypatch):
    monkeypatch.setattr("evolution_ref.engines.find_spec", lambda name: None if name in ("numba", "ray") else name)
    for engine, install in (("compiled", r"\.\[fast\]"), ("ray", r"\.\[cluster\]")):
        with pytest.raises(WrongCall, match=f'pip install -e "{install}"'):
            open_engine(engine)
    assert fastest_engine("CartPole-v1") == "vectorised"
    assert fastest_engine("Acrobot-v1", processes=2) == "pool"


def test_opening_an_engine_loads_no_other_one():
    code = "import evolution_ref.engines, sys; sys.exit(any(name in sys.modules for name in ('numba', 'ray')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
