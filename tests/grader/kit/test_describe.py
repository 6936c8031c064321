"""Words for values: for a beginner, short, and for any value whatever."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.kit.describe import describe, first_difference, show, side_by_side
from grader.kit.student import Opaque

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.builds(Opaque, st.text())
)
ARRAYS = hnp.arrays(
    st.one_of(hnp.scalar_dtypes(), hnp.unicode_string_dtypes(), hnp.byte_string_dtypes()),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers() | st.floats() | st.none(), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_any_two_values_are_put_into_a_few_plain_words(got, expected) -> None:
    for words in (describe(got), show(got), first_difference(got, expected)):
        assert len(words) < 1500
        assert words.isprintable()


@given(VALUES)
def test_a_value_does_not_differ_from_itself(value) -> None:
    assert first_difference(value, value) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        (np.zeros((1, 2), np.float32), "an array of shape (1, 2), float32"),
        (np.float64(0.25), "a numpy float64 (0.25)"),
        (True, "a bool (True)"),
        (3, "an int (3)"),
        ([1, 2, 3], "a list of 3 items"),
        ({"w0": 1, "b0": 2}, "a dict with the keys 'w0', 'b0'"),
        (Opaque("Tensor"), "an object of type Tensor"),
        ("red\x1b[31m", "a text ('red?[31m')"),
        pytest.param(10**5000, "an int (an int of 16610 bits)", id="huge"),
    ],
)
def test_values_have_names_that_a_beginner_knows(value, words) -> None:
    assert describe(value) == words


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        (np.array([0.31, 1.0]), np.array([0.52, 1.0]), "entry [0]: 0.31 against 0.52"),
        (np.zeros((1, 2)), np.zeros(2), "shape (1, 2) against (2,)"),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), ""),
        (np.array([np.inf]), np.array([-np.inf]), "entry [0]: inf against -inf"),
        ({"w0": np.ones(1)}, {"w0": np.ones(1), "b0": np.ones(1)}, "the key 'b0' is missing"),
        ({"w0": np.ones(1), "b0": np.ones(1)}, {"w0": np.ones(1)}, "the key 'b0' is there and should not be"),
        ({"w0": np.array([[1.0, 2.0]])}, {"w0": np.array([[1.0, 3.0]])}, "'w0', entry [0, 1]: 2 against 3"),
        (None, np.ones(1), "None against an array of shape (1,), float64"),
    ],
)
def test_the_first_difference_is_named_with_both_numbers(got, expected, words) -> None:
    assert first_difference(got, expected) == words


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_two_different_numbers_never_look_the_same(one, two) -> None:
    left, right = side_by_side(one, two).split(" against ")
    assert (left == right) == (one == two and str(one) == str(two))
