"""CMA-ES on functions whose optimum is known."""

import numpy as np
import pytest

from evolution_ref.cma_es import CMAES


def evaluations_to(target, fitness, n, seed, budget=12_000):
    """Return after how many evaluations a fitness above ``target`` was seen, the budget if never."""
    cma_es, spent = CMAES(np.full(n, 3.0), sigma=1.0, seed=seed), 0
    while spent < budget:
        solutions = cma_es.ask()
        values = np.array([fitness(x) for x in solutions])
        spent += len(values)
        if values.max() >= target:
            return spent
        cma_es.tell(solutions, values)
    return budget


@pytest.mark.parametrize("seed", range(4))
def test_it_solves_a_rotated_ellipsoid_as_only_an_adapting_covariance_does(seed):
    n = 10
    axes, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((n, n)))
    scales = 10.0 ** (6 * np.arange(n) / (n - 1))
    assert evaluations_to(-1e-8, lambda x: -float(scales @ (axes @ x) ** 2), n, seed) < 6_400


def test_it_solves_rosenbrock():
    def fitness(x):
        return -float(np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2))

    assert evaluations_to(-1e-8, fitness, 5, seed=1) < 12_000


def test_the_same_seed_draws_the_same_whatever_the_global_state():
    draws = []
    for global_seed in (0, 1):
        np.random.seed(global_seed)
        cma_es = CMAES(np.zeros(6), sigma=0.5, seed=7)
        solutions = cma_es.ask()
        cma_es.tell(solutions, -np.sum(solutions**2, axis=1))
        draws.append(cma_es.ask())
    assert np.array_equal(*draws)
    assert not np.array_equal(draws[0], CMAES(np.zeros(6), sigma=0.5, seed=8).ask())


def test_its_attributes_are_what_it_draws_from_and_its_arguments_stay_as_they_are():
    start = np.arange(4.0)
    cma_es = CMAES(start, sigma=2.0)
    assert cma_es.pop_size == 4 + int(3 * np.log(4)) and cma_es.ask().shape == (cma_es.pop_size, 4)
    for _ in range(20):
        solutions = cma_es.ask()
        kept = solutions.copy()
        cma_es.tell(solutions, -np.abs(solutions) @ np.array([1, 2, 3, 4]))
        assert np.array_equal(solutions, kept)
    assert np.array_equal(start, np.arange(4.0)) and not np.array_equal(cma_es.mean, start)
    cma_es.pop_size, drawn = 40_000, None
    drawn = (cma_es.ask() - cma_es.mean) / cma_es.sigma
    np.testing.assert_allclose(np.cov(drawn.T), cma_es.covariance, rtol=0.1, atol=0.1 * cma_es.covariance.max())


def test_it_climbs():
    cma_es = CMAES(np.full(3, 5.0), seed=1)
    for _ in range(150):
        solutions = cma_es.ask()
        cma_es.tell(solutions, -np.sum((solutions - 2.0) ** 2, axis=1))
    np.testing.assert_allclose(cma_es.mean, 2.0, atol=1e-5)
