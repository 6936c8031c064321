"""The loop: what it calls, what it returns, and that what tests a population changes nothing."""

import multiprocessing
import subprocess
import sys
from functools import partial

import numpy as np
import pytest

from evolution_ref.engines import open_engine
from evolution_ref.episode import Episode, episode
from evolution_ref.evolve import evolve
from evolution_ref.policy import flatten, initialize_parameters
from evolution_ref.population import Population
from evolution_ref.retest import Champion
from evolution_ref.search import METHODS

INIT = partial(initialize_parameters, 4, 5, 2)


def closeness(params):
    """A deterministic fitness, highest where all params are 1."""
    return -float(np.sum((flatten(params) - 1.0) ** 2))


def same(one, other):
    return np.array_equal(one[1], other[1]) and all(np.array_equal(one[0][key], other[0][key]) for key in one[0])


def test_fitness_is_called_once_a_member_a_generation_and_the_fittest_is_selected():
    calls, seen = [], []

    def fitness(params):
        calls.append(params)
        return closeness(params)

    best, history = evolve(fitness, INIT, 5, 7, seed=1, on_generation=lambda *told: seen.append(told))
    assert len(calls) == 35 and history.shape == (5, 7) and history.dtype == np.float64
    assert history.tolist() == [[closeness(params) for params in calls[k : k + 7]] for k in range(0, 35, 7)]
    assert [generation for generation, _, _ in seen] == [0, 1, 2, 3, 4]
    for k, (_, selected, results) in enumerate(seen):
        assert selected is calls[7 * k + int(np.argmax(history[k]))] and list(results) == history[k].tolist()
    assert best is seen[-1][1]


def test_each_generation_is_drawn_around_the_selected_with_sigma():
    tested = []

    def fitness(params):
        tested.append(params)
        return closeness(params)

    _, history = evolve(fitness, INIT, 2, 400, sigma=0.01, seed=2)
    best = flatten(tested[int(np.argmax(history[0]))])
    steps = np.array([flatten(params) - best for params in tested[400:]])
    assert 0.009 < steps.std() < 0.011


def test_the_same_seed_gives_the_same_answer_and_another_seed_another():
    np.random.seed(1)
    first = evolve(closeness, INIT, 4, 6, seed=3)
    np.random.seed(2)
    assert same(first, evolve(closeness, INIT, 4, 6, seed=3))
    assert not same(first, evolve(closeness, INIT, 4, 6, seed=4))
    assert not same(evolve(closeness, INIT, 2, 6), evolve(closeness, INIT, 2, 6))


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_pool_gives_what_map_gives_under_every_start_method(method):
    fitness = partial(episode, env_id="CartPole-v0", seed=3)
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert same(evolve(fitness, INIT, 3, 8, seed=5, map_fn=pool.map), evolve(fitness, INIT, 3, 8, seed=5))


@pytest.mark.parametrize("method", list(METHODS))
@pytest.mark.parametrize("engine", ["pool", "vectorised"])
def test_episodes_on_every_engine_give_what_map_gives(engine, method):
    def run(map_fn):
        return evolve(
            Episode("CartPole-v0"), INIT, 4, 6, seed=6, map_fn=map_fn, method=METHODS[method], champion=Champion()
        )

    with open_engine(engine, 2) as map_fn:
        assert same(run(map_fn), run(map))


def test_nothing_to_do_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        evolve(closeness, INIT, 0, 5)


def judged(champion, truth, fitness, generation):
    """Let a generation challenge: a number a member, its true fitness, beside the fitness that it was lucky to get."""
    pop = Population(np.array(truth, dtype=float)[:, None], {"w": ()})
    tested = []

    def test_members(members):
        tested.append(len(members))
        return members.rows[:, 0]

    best, parent = champion.challenge(pop, np.array(fitness, dtype=float), generation, test_members)
    return float(best["w"]), float(parent["w"]), tested


def test_a_champion_is_kept_unless_fresh_episodes_prefer_another():
    """A member's own fitness only makes it a finalist: who wins is decided on fresh episodes."""
    champion = Champion(finalists=2, screening=4, episodes=20)
    assert judged(champion, [10, 3, 99], [60, 70, 1], 0) == (10.0, 10.0, [8, 20])
    assert judged(champion, [5, 6, 99], [80, 90, 1], 1) == (10.0, 10.0, [8])
    assert judged(champion, [11, 6, 99], [80, 90, 1], 2) == (11.0, 11.0, [8, 20])
    assert (champion.mean, champion.generation) == (11.0, 2)


def test_where_it_is_known_what_solves_only_who_reaches_it_is_re_tested():
    champion = Champion(solved=50.0, finalists=1, screening=4, episodes=20)
    assert judged(champion, [40], [60], 0) == (40.0, 40.0, [4])
    assert judged(champion, [50], [60], 1) == (50.0, 50.0, [4, 20])


def test_one_that_was_lucky_in_the_screening_too_does_not_solve():
    champion = Champion(solved=50.0, finalists=1, screening=4, episodes=20)
    pop = Population(np.zeros((1, 1)), {"w": ()})
    champion.challenge(
        pop, np.array([60.0]), 0, lambda members: np.full(len(members), 60.0 if len(members) == 4 else 30.0)
    )
    assert champion.mean == 30.0


def test_a_stuck_search_starts_again_elsewhere_and_keeps_its_champion():
    def fitness(params, seed):
        return 1.0 if np.array_equal(params["w1"], first["w1"]) else 0.0

    first = INIT(rng=np.random.Generator(np.random.SFC64(9)))
    drawn = []

    def init(rng):
        drawn.append(initialize_parameters(4, 5, 2, rng))
        return drawn[-1]

    champion = Champion(solved=2.0, episodes=4, screening=2, patience=3)
    best, _ = evolve(fitness, init, 8, 4, seed=9, champion=champion)
    assert np.array_equal(best["w1"], first["w1"]) and champion.generation == 0
    assert len(drawn) > 4


def test_a_spawned_worker_that_plays_cartpole_v0_is_quiet(tmp_path):
    script = tmp_path / "play.py"
    script.write_text(
        "import multiprocessing, numpy\n"
        "from evolution_ref.episode import Episode\n"
        "from evolution_ref.environments import make_env\n"
        "from evolution_ref.policy import initialize_parameters\n"
        "if __name__ == '__main__':\n"
        "    make_env('CartPole-v0')\n"
        "    pop = [initialize_parameters(4, 10, 2) for _ in range(4)]\n"
        "    with multiprocessing.get_context('spawn').Pool(2) as pool:\n"
        "        print(len(pool.map(Episode('CartPole-v0'), pop)))\n"
    )
    answer = subprocess.run([sys.executable, "-W", "always", script], capture_output=True, text=True, timeout=60)
    assert (answer.stdout, answer.stderr, answer.returncode) == ("4\n", "", 0)
