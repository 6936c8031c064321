"""Words for values: what a thing is, a few of its numbers, and where two things first differ."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from .student import Opaque

LONGEST_TEXT = 60
MOST_NUMBERS = 6
MOST_KEYS = 8
NUMBERS = "biufc"  # numpy's kinds of dtype that are numbers


def describe(value: Any) -> str:
    """Return what a value is in a short phrase: "an array of shape (1, 2), float32", "a list of 3 items".

    Never raises, and never grows with the value.
    """
    if value is None:
        return "None"
    if isinstance(value, Opaque):
        return f"an object of type {_clean(value.type_name)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {_shape(value)}, {_clean(value.dtype)}"
    if isinstance(value, np.generic):
        number = f" ({show(value)})" if value.dtype.kind in NUMBERS else ""
        return f"a numpy {_clean(value.dtype)}{number}"
    if isinstance(value, bool):
        return f"a bool ({value})"
    if isinstance(value, (int, float, complex)):
        return f"{_article(type(value).__name__)} {type(value).__name__} ({show(value)})"
    if isinstance(value, str):
        return f"a text ({show(value)})"
    if isinstance(value, Mapping):
        return f"a dict with the keys {keys(value)}" if value else "an empty dict"
    if isinstance(value, (list, tuple, set, frozenset)):
        kind = type(value).__name__
        return f"{_article(kind)} {kind} of {len(value)} {'item' if len(value) == 1 else 'items'}"
    return f"an object of type {_clean(type(value).__name__)}"


def show(value: Any, most: int = MOST_NUMBERS) -> str:
    """Return a value's first numbers, short: "[0.31, -0.52]"; what is not numbers is described."""
    if isinstance(value, np.ndarray) and value.dtype.kind in NUMBERS:
        flat = [_number(item) for item in value.reshape(-1)[:most].tolist()]
        more = ", …" if value.size > most else ""
        return flat[0] if value.ndim == 0 else f"[{', '.join(flat)}{more}]"
    if isinstance(value, np.generic) and value.dtype.kind in NUMBERS:
        return _number(value.item())
    if isinstance(value, (bool, int, float, complex)):
        return _number(value)
    if isinstance(value, str):
        return repr(_clean(value))
    if isinstance(value, (list, tuple)) and all(isinstance(item, (int, float, np.number)) for item in value[:most]):
        more = ", …" if len(value) > most else ""
        return f"[{', '.join(_number(item) for item in value[:most])}{more}]"
    return describe(value)


def keys(value: Mapping[Any, Any]) -> str:
    """Return the keys of a dict, short: "'w0', 'b0'"."""
    names = [_key(key) for key, _ in zip(value, range(MOST_KEYS), strict=False)]
    return ", ".join(names) + (", …" if len(value) > MOST_KEYS else "")


def first_difference(got: Any, expected: Any, tolerance: float = 0.0) -> str:
    """Return where two values first differ and both numbers there, "" where they don't.

    Args:
        got: anything.
        expected: numbers, arrays, lists or tuples of them, or dicts of those.
        tolerance: how far apart two numbers may lie and still be equal; nan equals nan.
    """
    if isinstance(expected, Mapping):
        return _dict_difference(got, expected, tolerance)
    one, two = _array(got), _array(expected)
    if one is None or two is None:
        return "" if one is two and _same(got, expected) else f"{describe(got)} against {describe(expected)}"
    if one.shape != two.shape:
        return f"shape {_shape(one)} against {_shape(two)}"
    with np.errstate(all="ignore"):
        apart = ~((np.abs(one - two) <= tolerance) | (one == two) | (np.isnan(one) & np.isnan(two)))
    if not apart.any():
        return ""
    where = tuple(int(axis) for axis in np.argwhere(apart)[0])
    pair = side_by_side(one[where], two[where])
    return f"entry [{', '.join(map(str, where))}]: {pair}" if where else pair


def side_by_side(got: complex, expected: complex) -> str:
    """Return two numbers with as many digits as it takes to tell them apart: "0.31 against 0.52"."""
    for digits in (4, 6, 9, 12, 17):
        one, two = f"{got:.{digits}g}", f"{expected:.{digits}g}"
        if one != two:
            break
    return f"{one} against {two}"


def _dict_difference(got: Any, expected: Mapping[Any, Any], tolerance: float) -> str:
    if not isinstance(got, Mapping):
        return f"{describe(got)} against {describe(expected)}"
    for key in expected:
        if key not in got:
            return f"the key {_key(key)} is missing"
        if difference := first_difference(got[key], expected[key], tolerance):
            return f"{_key(key)}, {difference}"
    extra = [key for key in got if key not in expected]
    return f"the key {_key(extra[0])} is there and should not be" if extra else ""


def _array(value: Any) -> Any:
    """Return a number or numbers as an array of float64 or complex128, None for anything else."""
    if not isinstance(value, (np.ndarray, np.generic, bool, int, float, complex, list, tuple)):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind not in NUMBERS:
            return None
        return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
    except (ValueError, TypeError, OverflowError):
        return None


def _same(one: Any, two: Any) -> bool:
    if one is two:  # a NaT is not even equal to itself
        return True
    try:
        if isinstance(one, np.ndarray) or isinstance(two, np.ndarray):
            return np.array_equal(one, two)
        return bool(one == two)
    except Exception:  # an odd type's own comparison may raise anything
        return False


def _number(value: Any) -> str:
    """Return a number with four significant digits; of a very long int only its length."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        if abs(int(value)) < 10**15:
            return str(int(value))
        return f"an int of {int(value).bit_length()} bits"
    if isinstance(value, (complex, np.complexfloating)):
        return f"{complex(value):.4g}"
    number = float(value)
    if math.isfinite(number) and number == int(number) and abs(number) < 1e6:
        return f"{number:.1f}"
    return f"{number:.4g}"


def _shape(value: np.ndarray[Any, Any]) -> str:
    """Return a shape as Python writes it."""
    return str(tuple(int(length) for length in value.shape))


def _key(key: Any) -> str:
    return repr(_clean(key)) if isinstance(key, str) else _clean(repr(key)) if _is_plain(key) else describe(key)


def _is_plain(key: Any) -> bool:
    return isinstance(key, (bool, float)) or key is None or (isinstance(key, int) and abs(key) < 10**15)


def _clean(text: Any) -> str:
    """Return a text of printable characters in one line, cut where it is long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in str(text)[: LONGEST_TEXT + 1])
    return plain if len(plain) <= LONGEST_TEXT else plain[:LONGEST_TEXT] + "…"


def _article(noun: str) -> str:
    return "an" if noun[:1] in "aeiou" else "a"
