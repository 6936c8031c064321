"""The policy: the formula, and one member beside many."""

import numpy as np
import pytest

from evolution_ref.policy import (
    continuous_action,
    discrete_action,
    flatten,
    forward,
    forward_batch,
    initialize_parameters,
    sample_params,
    stack,
)
from evolution_ref.population import Population, network_shapes


@pytest.mark.parametrize(("i_size", "o_size"), [(4, 2), (2, 1)])
def test_forward_is_the_formula_and_the_same_floats_alone_and_among_others(i_size, o_size):
    rng = np.random.default_rng(0)
    pop = [sample_params(initialize_parameters(i_size, 10, o_size, rng), rng=rng) for _ in range(300)]
    x = rng.standard_normal((300, i_size)).astype(np.float32)
    together = forward_batch(x, stack(pop))
    for k, params in enumerate(pop):
        formula = np.maximum(x[k].astype(float) @ params["w0"] + params["b0"], 0) @ params["w1"] + params["b1"]
        alone = forward(x[k], params)
        assert alone.shape == (o_size,) and alone.dtype == np.float64
        np.testing.assert_allclose(alone, formula[0], rtol=1e-10, atol=1e-12)
        assert np.array_equal(alone, together[k])


def test_the_actions_are_an_int_and_a_clipped_array():
    params = initialize_parameters(2, 10, 2, np.random.default_rng(1))
    x = np.array([[30.0], [-20.0]])
    assert type(discrete_action(x, params)) is int
    assert discrete_action(x, params) == int(np.argmax(forward(x, params)))
    assert np.array_equal(continuous_action(x, params), np.clip(forward(x, params), -1, 1))


def test_new_params_are_drawn_around_the_best():
    best = initialize_parameters(4, 10, 2, np.random.default_rng(2))
    kept = {key: value.copy() for key, value in best.items()}
    drawn = sample_params(best, sigma=0.5, rng=np.random.default_rng(3))
    again = sample_params(best, sigma=0.5, rng=np.random.default_rng(3))
    still = sample_params(best, sigma=0.0, rng=np.random.default_rng(3))
    assert all(np.array_equal(drawn[key], again[key]) for key in best)
    assert all(np.array_equal(still[key], best[key]) and still[key] is not best[key] for key in best)
    assert all(np.array_equal(best[key], kept[key]) for key in best)
    noise = (flatten(drawn) - flatten(best)) / 0.5
    assert abs(noise.mean()) < 0.6 and 0.6 < noise.std() < 1.5


def test_flattened_params_come_back_as_they_were():
    params = sample_params(initialize_parameters(4, 10, 2), rng=np.random.default_rng(4))
    (back,) = Population(flatten(params)[np.newaxis], network_shapes(4, 10, 2))
    assert list(back) == list(params) and all(np.array_equal(back[key], params[key]) for key in params)
