"""Any other environment of Gymnasium with flat observations plays on map, pool and ray, with any hidden size."""

from functools import partial

import gymnasium
import numpy as np
import pytest

from evolution_ref.engines import open_engine
from evolution_ref.environments import environment_of
from evolution_ref.episode import Episode
from evolution_ref.evolve import evolve
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import initialize_parameters
from evolution_ref.retest import Champion


@pytest.mark.parametrize(("env_id", "h_size"), [("Acrobot-v1", 1), ("Acrobot-v1", 6), ("Pendulum-v1", 13)])
def test_it_evolves_with_the_same_bits_on_map_and_pool(env_id, h_size):
    environment = environment_of(env_id)
    init = partial(initialize_parameters, environment.i_size, h_size, environment.o_size)
    answers = []
    for engine in ("map", "pool"):
        with open_engine(engine, 2, env_id) as map_fn:
            champion = Champion(episodes=4, screening=2)
            answers.append(evolve(Episode(env_id), init, 2, 4, seed=5, map_fn=map_fn, champion=champion))
    assert np.array_equal(answers[0][1], answers[1][1])
    assert all(np.array_equal(answers[0][0][key], answers[1][0][key]) for key in answers[0][0])


def test_a_block_of_a_ray_worker_gets_the_fitness_of_each_member():
    cluster = pytest.importorskip("evolution_ref.engines.cluster", reason="pip install '.[cluster]' brings ray")
    pop = [initialize_parameters(3, 4, 1, np.random.default_rng(k)) for k in range(3)]
    expected = [Episode("Pendulum-v1")(params, seed) for params, seed in zip(pop, (7, 8, 9), strict=True)]
    assert cluster._test(Episode("Pendulum-v1"), pop, [7, 8, 9]) == expected


def test_an_action_is_stretched_into_the_bounds_of_the_environment():
    policy = environment_of("Pendulum-v1").policy
    params = {"w0": np.zeros((3, 1)), "b0": np.zeros((1, 1)), "w1": np.zeros((1, 1))}
    space = gymnasium.make("Pendulum-v1").action_space
    for bias, expected in ((-5.0, space.low), (0.0, [0.0]), (0.5, space.high / 2), (5.0, space.high)):
        assert policy(np.zeros(3), {**params, "b1": np.array([[bias]])}) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("env_id", "reason"),
    [
        ("Foo-v0", "'Foo-v0' is not one of 'CartPole-v0'"),
        ("Blackjack-v1", "Blackjack-v1 shows Tuple"),
        ("FrozenLake-v1", "FrozenLake-v1 shows Discrete"),
    ],
)
def test_an_environment_that_a_network_cannot_play_is_refused_in_one_line(env_id, reason):
    with pytest.raises(WrongCall, match=reason) as refused:
        environment_of(env_id)
    assert "\n" not in str(refused.value)
