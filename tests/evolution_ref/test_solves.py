"""The reference ends solved: a handful of seeds here, a hundred in benchmarks/solve.py."""

import numpy as np
import pytest

from evolution_ref.engines import open_engine
from evolution_ref.environments import environment_of
from evolution_ref.episode import episode
from evolution_ref.run import Run


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("env_id", ["CartPole-v0", "CartPole-v1", "MountainCarContinuous-v0"])
def test_a_run_of_the_default_size_ends_solved_and_gymnasium_confirms_it(env_id, seed):
    run = Run(environment_of(env_id))
    with open_engine("vectorised") as map_fn:
        best = run.evolve(map_fn, seed=seed)
    assert len(run.rows) == 64 and run.rows[-1].episodes == run.episodes >= 64 * (32 + 10)
    confirmed = np.mean([episode(best, env_id, fresh) for fresh in range(2**31, 2**31 + 100)])
    assert confirmed >= run.environment.solved
    retested = [row.retested for row in run.rows]
    assert retested == sorted(retested), "a champion gives way only to a better one"


def test_cma_es_solves_too():
    run = Run(environment_of("CartPole-v0"))
    with open_engine("vectorised") as map_fn:
        best = run.evolve(map_fn, "cmaes", seed=1)
    assert np.mean([episode(best, "CartPole-v0", fresh) for fresh in range(2**31, 2**31 + 100)]) >= 195
