"""Frames: what is packed comes back, and no bytes at all harm the reader."""

import contextlib
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.kit.plain import Opaque, Rng
from grader.sandbox.inside import wire

numbers = arrays.arrays(
    st.sampled_from(["<f8", ">f4", "<i8", "|u1", "|b1", "<c16", "<U3", "|S2"]),
    arrays.array_shapes(min_dims=0, min_side=0),
)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    numbers,
    st.builds(Opaque, st.sampled_from(["map", "Pleaser"])),
    st.builds(Rng, st.text(max_size=3), st.integers(0, 9)),
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(st.one_of(st.text(), st.integers()), inner)
    ),
    max_leaves=20,
)


def unpacked(frame: bytes) -> Any:
    head, body = frame[: wire.HEAD.size], frame[wire.HEAD.size :]
    assert wire.size_of(head) == len(body)
    return wire.unpack(head, body)


def same(one: Any, two: Any) -> bool:
    if isinstance(one, np.ndarray):
        return (
            type(two) is np.ndarray
            and one.dtype == two.dtype
            and one.shape == two.shape
            and one.tobytes() == two.tobytes()
        )
    if isinstance(one, (list, tuple)):
        return type(one) is type(two) and len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, dict):
        return list(one) == list(two) and all(same(item, two[key]) for key, item in one.items())
    return type(one) is type(two) and bool(one == two)


@settings(max_examples=150, deadline=None)
@given(values)
def test_what_is_packed_comes_back(value: Any) -> None:
    assert same(unpacked(wire.pack(value)), value)


@given(values)
def test_a_dict_that_comes_many_times_is_sent_once_and_arrives_as_so_many(value: Any) -> None:
    inner = {"w0": np.arange(300.0), "inner": value}
    many = [((inner,), {"sigma": 0.5, "rng": Rng("one", 1)}) for _ in range(20)]
    frame = wire.pack(many, again=True)
    assert len(frame) < len(wire.pack(many)) / 10
    arrived = wire.receive(io.BytesIO(frame).read)
    assert same(arrived, many)
    arrived[0][0][0]["w0"][:] = -1.0
    assert same(arrived[1:], many[1:])


def test_a_reply_cannot_send_a_dict_once_for_many() -> None:
    inner = {"w0": np.arange(3.0)}
    frame = wire.pack([inner, inner], again=True)
    with pytest.raises(wire.Garbage):
        unpacked(frame)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 300))
def test_random_bytes_are_a_value_or_garbage(body: bytes, text: int) -> None:
    head = wire.HEAD.pack(min(text, len(body)), max(0, len(body) - text))
    with contextlib.suppress(wire.Garbage):
        wire.unpack(head, body)


@settings(max_examples=300, deadline=None)
@given(values, st.data())
def test_a_frame_with_changed_bytes_is_a_value_or_garbage(value: Any, draw: st.DataObject) -> None:
    frame = bytearray(wire.pack(value))
    for _ in range(draw.draw(st.integers(1, 4))):
        frame[draw.draw(st.integers(wire.HEAD.size, len(frame) - 1))] = draw.draw(st.integers(0, 255))
    with contextlib.suppress(wire.Garbage):
        repr(wire.unpack(bytes(frame[: wire.HEAD.size]), bytes(frame[wire.HEAD.size :])))


def test_what_is_too_large_or_too_deep_is_not_packed() -> None:
    for value in (np.ones(9 << 20), "x" * (5 << 20)):
        with pytest.raises(wire.TooBig):
            wire.pack(value)
    deep: list[Any] = []
    for _ in range(200):
        deep = [deep]
    with pytest.raises(wire.TooBig):
        wire.pack(deep)


def test_a_head_that_asks_for_too_much_is_refused() -> None:
    for text, blobs in ((2**32 - 1, 0), (0, 2**32 - 1)):
        with pytest.raises(wire.TooBig):
            wire.size_of(wire.HEAD.pack(text, blobs))
