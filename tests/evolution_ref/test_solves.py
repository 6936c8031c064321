"""The reference ends solved: a handful of seeds here, a hundred whole runs in benchmarks/solve.py."""

import numpy as np
import pytest

from evolution_ref.engines import open_engine
from evolution_ref.environments import environment_of
from evolution_ref.episode import episode
from evolution_ref.run import Run


class Solved(Exception):
    """Ends a run in which the champion's re-test has passed."""


def generations_to_solved(env_id, method, seed):
    """Return after which generation the re-test passed; 64 if in none."""
    run = Run(environment_of(env_id))

    def stop_when_solved(row):
        if row.retested >= run.environment.solved:
            raise Solved

    with open_engine("vectorised") as map_fn:
        try:
            run.evolve(map_fn, method, seed=seed, on_row=stop_when_solved)
        except Solved:
            return run.rows[-1].generation
    return 64


@pytest.mark.parametrize("env_id", ["CartPole-v0", "CartPole-v1", "MountainCarContinuous-v0"])
def test_each_seed_passes_its_retest_within_the_default_generations(env_id):
    assert all(generations_to_solved(env_id, "es", seed) < 64 for seed in range(4))


def test_cma_es_solves_too():
    assert all(generations_to_solved("CartPole-v0", "cmaes", seed) < 64 for seed in range(2))


def test_a_whole_run_keeps_what_it_found_and_gymnasium_confirms_it():
    run = Run(environment_of("CartPole-v0"))
    with open_engine("vectorised") as map_fn:
        best = run.evolve(map_fn, seed=1)
    assert len(run.rows) == 64 and run.rows[-1].episodes == run.episodes >= 64 * (32 + 10)
    retested = [row.retested for row in run.rows]
    assert retested == sorted(retested), "a champion gives way only to a better one"
    assert np.mean([episode(best, "CartPole-v0", fresh) for fresh in range(2**31, 2**31 + 100)]) >= 195
