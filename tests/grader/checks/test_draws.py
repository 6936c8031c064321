"""What is measured on a table of draws, on tables whose law is known."""

import numpy as np
import pytest

from grader.checks.draws import Draws


def table(z: np.ndarray) -> Draws:
    entries = z.shape[1]
    return Draws(z, tuple(("w0", place) for place in range(entries)), np.zeros(entries))


def test_normal_entries_are_independent() -> None:
    assert table(np.random.default_rng(0).standard_normal((200, 24))).independent


@pytest.mark.parametrize("seed", range(20))
def test_entries_of_one_size_are_independent_also_where_their_mean_is_0(seed: int) -> None:
    signs = np.random.default_rng(seed).permuted(np.repeat([[-1.0], [1.0]], 100, axis=0) * np.ones(24), axis=0)
    assert (signs.mean(axis=0) == 0).all()
    assert table(signs).independent


def test_entries_that_share_their_noise_or_its_size_are_not_independent() -> None:
    rng = np.random.default_rng(0)
    z = rng.standard_normal((200, 24))
    same, size = z.copy(), z.copy()
    same[:, 5] = -z[:, 9]
    size[:, 5] = abs(z[:, 9]) * rng.choice([-1.0, 1.0], 200)
    assert not table(same).independent
    assert not table(size).independent
