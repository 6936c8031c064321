"""Values as a check sees them: plain ones are copied, anything else becomes an Opaque that holds nothing."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DEEPEST = 20
_SCALARS: dict[type, Callable[[Any], Any]] = {int: int.__int__, float: float.__float__, str: str.__str__}


@dataclass(frozen=True)
class Rng:
    """An argument that stands for a numpy Generator kept where the student's code runs.

    The generator is made from ``seed`` when its ``key`` is first seen and goes on from where it was at the next call.
    """

    key: str
    seed: int


@dataclass(frozen=True)
class Opaque:
    """A value of a type that is not plain; only the name of its type came back."""

    type_name: str


def plain(value: Any, depth: int = 0) -> Any:
    """Return a plain copy of a value: None, bool, int, float, str, numpy scalars, arrays, lists, tuples, dicts.

    A subclass of one of them gives what it holds, whatever its own methods say.
    """
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, np.generic) and not value.dtype.hasobject:
        return value
    if isinstance(value, np.ndarray):
        held = np.ndarray.view(value, np.ndarray)
        return Opaque(type(value).__name__) if held.dtype.hasobject else held.copy()
    for kind, held_by in _SCALARS.items():
        if isinstance(value, kind):
            return held_by(value)
    if depth < DEEPEST:
        if isinstance(value, tuple):
            return tuple(plain(item, depth + 1) for item in tuple.__iter__(value))
        if isinstance(value, list):
            return [plain(item, depth + 1) for item in list.__iter__(value)]
        if isinstance(value, dict):
            return {plain(key, depth + 1): plain(item, depth + 1) for key, item in dict.items(value)}
    return Opaque(type(value).__name__)


def identical(one: Any, two: Any) -> bool:
    """Return whether two plain values are the same in type, shape and every bit."""
    if type(one) is not type(two):
        return False
    if isinstance(one, np.ndarray):
        return bool(one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes())
    if isinstance(one, dict):
        return list(one) == list(two) and all(map(identical, one.values(), two.values()))
    if isinstance(one, (list, tuple)):
        return len(one) == len(two) and all(map(identical, one, two))
    return repr(one) == repr(two)


def overwrite(value: Any, depth: int = 0) -> None:
    """Put other numbers into every array of a value, in dicts, lists and tuples too."""
    if isinstance(value, np.ndarray) and not value.dtype.hasobject:
        with contextlib.suppress(ValueError):  # a view of what cannot be written
            value.setflags(write=True)
            value[...] = 12345
    elif depth < DEEPEST and isinstance(value, dict):
        for item in dict.values(value):
            overwrite(item, depth + 1)
    elif depth < DEEPEST and isinstance(value, (list, tuple)):
        for item in list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value):
            overwrite(item, depth + 1)


def listed(value: Any) -> Any:
    """Return a sequence of another type (a deque, an array.array, one's own) as a list, anything else as it is."""
    if isinstance(value, (str, bytes, list, tuple, Mapping, np.ndarray, np.generic)):
        return value
    like_one = all(hasattr(type(value), name) for name in ("__len__", "__getitem__"))
    return list(value) if like_one or isinstance(value, Sequence) else value


def is_params(value: Any) -> bool:
    """Return whether a plain value is a dict of arrays or numbers under string keys."""
    return isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(item, (np.ndarray, np.generic, int, float)) for key, item in value.items()
    )


def as_params(value: dict[str, Any]) -> dict[str, np.ndarray[Any, Any]]:
    """Return such a dict with every value as an array."""
    return {key: np.asarray(item) for key, item in value.items()}


def numbers(value: Any) -> NDArray[np.float64] | None:
    """Return a plain number, array or nest of lists of real numbers as float64 of its shape, None for anything else."""
    if not isinstance(value, (np.ndarray, np.generic, bool, int, float, list, tuple)):
        return None
    try:
        array = np.asarray(value)
        return array.astype(np.float64) if array.dtype.kind in "biuf" else None
    except (ValueError, TypeError, OverflowError):
        return None
