"""Plain values as JSON beside the raw bytes of their arrays, with caps on nesting; nothing is pickled."""

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from ...kit.plain import Opaque, Rng

DEEPEST = 96  # levels of JSON: a plain value of 20 levels has at most three a level
MOST_BITS = 1024  # of an int
MOST_CHARACTER = 0x10FFFF
LONGEST_NAME = 80
_KINDS = "biufcSU"
_DTYPE = re.compile(r"[<>|=][biufcSU][1-9][0-9]{0,6}")


class TooBig(ValueError):
    """A value does not fit into a frame."""


class Garbage(ValueError):
    """Bytes that are no frame."""


def coded(value: Any, again: bool) -> tuple[Any, list[bytes]]:
    """Return a plain value as JSON, and the bytes of its arrays in order; ``again``: see wire.pack.

    Raises:
        TooBig: the value has more levels than a frame may have.
    """
    blobs: list[bytes] = []
    return _coded(value, blobs, 0, {} if again else None), blobs


def decoded(tree: Any, blobs: memoryview, again: bool) -> Any:
    """Return the value of JSON and the bytes of arrays; any exception tells that ``coded`` did not make them."""
    return _Decoder(blobs, again).value(tree, 0)


def _coded(value: Any, blobs: list[bytes], depth: int, seen: dict[int, int] | None) -> Any:
    """Return a plain value as JSON; the bytes of arrays are added to blobs in order.

    ``seen`` maps a dict's identity to its number among the dicts that are done: a second time it is only named.
    """
    kind = type(value)
    if value is None or kind is bool or kind is float or kind is str:
        return value
    if kind is int:
        return value if value.bit_length() <= MOST_BITS else {"o": "int"}
    if depth > DEEPEST:
        raise TooBig("too many levels")
    if isinstance(value, list):
        return [_coded(item, blobs, depth + 1, seen) for item in value]
    if isinstance(value, tuple):
        return {"t": [_coded(item, blobs, depth + 1, seen) for item in value]}
    if isinstance(value, dict):
        if seen is not None and id(value) in seen:
            return {"k": seen[id(value)]}
        pairs = [
            [_coded(key, blobs, depth + 1, seen), _coded(item, blobs, depth + 1, seen)] for key, item in value.items()
        ]
        if seen is not None:
            seen[id(value)] = len(seen)
        return {"d": pairs}
    if isinstance(value, (np.ndarray, np.generic)):
        return _coded_array(value, blobs)
    if kind is Rng:
        return {"r": [value.key, value.seed]}
    return {"o": value.type_name if kind is Opaque else kind.__name__}


def _coded_array(value: Any, blobs: list[bytes]) -> Any:
    """Return an array or a numpy scalar as JSON; other kinds than numbers and text are opaque."""
    if value.dtype.kind not in _KINDS or value.dtype.itemsize == 0:
        return {"o": type(value).__name__}
    blobs.append(value.tobytes())
    if isinstance(value, np.generic):
        return {"s": value.dtype.str}
    return {"a": [value.dtype.str, *value.shape]}


class _Decoder:
    """Turns JSON back into values; arrays take their bytes in the order in which they stand."""

    def __init__(self, blobs: memoryview, again: bool) -> None:
        self._blobs, self._at = blobs, 0
        self._dicts: list[dict[Any, Any]] = []
        self._tags: dict[str, Callable[[Any, int], Any]] = {
            "t": self._tuple,
            "d": self._dict,
            "a": self._array,
            "s": self._scalar,
            "r": lambda item, _: Rng(str(item[0]), int(item[1])),
            "o": lambda item, _: Opaque(_name(item)),
        }
        if again:
            self._tags["k"] = lambda item, _: _copy(self._dicts[item])

    def value(self, tree: Any, depth: int) -> Any:
        """Return the value of a piece of JSON."""
        kind = type(tree)  # of JSON: nothing but the built-in types
        if kind is dict:
            if depth > DEEPEST:
                raise Garbage("too many levels")
            ((tag, item),) = tree.items()
            return self._tags[tag](item, depth + 1)
        if kind is list:
            if depth > DEEPEST:
                raise Garbage("too many levels")
            return [self.value(item, depth + 1) for item in tree]
        if kind is int and tree.bit_length() > MOST_BITS:
            raise Garbage("a number of too many digits")
        return tree

    def _tuple(self, items: list[Any], depth: int) -> tuple[Any, ...]:
        return tuple([self.value(item, depth) for item in items])

    def _dict(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        found = {self.value(key, depth): self.value(item, depth) for key, item in pairs}
        self._dicts.append(found)
        return found

    def _array(self, words: list[Any], depth: int) -> np.ndarray[Any, Any]:
        dtype, shape = _dtype(words[0]), [_count(size) for size in words[1:]]
        count = math.prod(shape)
        return self._numbers(dtype, count).reshape(shape)

    def _scalar(self, word: Any, depth: int) -> Any:
        return self._numbers(_dtype(word), 1)[0]

    def _numbers(self, dtype: np.dtype[Any], count: int) -> np.ndarray[Any, Any]:
        """Return the next count entries as an array of its own, (count,), with every entry a proper one."""
        raw = self._take(count * dtype.itemsize)
        if dtype.kind == "b":
            return np.frombuffer(raw, np.uint8, count).astype(np.bool_)
        numbers: np.ndarray[Any, Any] = np.frombuffer(raw, dtype, count).copy()
        if dtype.kind == "U" and np.any(numbers.view(dtype.str[0] + "u4") > MOST_CHARACTER):
            raise Garbage("letters that are none")
        return numbers

    def _take(self, size: int) -> memoryview:
        start, self._at = self._at, self._at + size
        if self._at > len(self._blobs):
            raise Garbage("an array of more bytes than came")
        return self._blobs[start : self._at]


@lru_cache(maxsize=256)
def _dtype(word: Any) -> np.dtype[Any]:
    if not isinstance(word, str) or not _DTYPE.fullmatch(word):
        raise Garbage("no dtype")
    return np.dtype(word)


def _copy(value: Any) -> Any:
    """Return a value with dicts and arrays of its own."""
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copy, value))
    return value.copy() if isinstance(value, np.ndarray) else value


def _count(size: Any) -> int:
    if type(size) is not int or size < 0:
        raise Garbage("no shape")
    return size


def _name(item: Any) -> str:
    """Return a type's name as text that is safe to show."""
    return "".join(sign for sign in str(item)[:LONGEST_NAME] if sign.isprintable())
