"""Frames between the grader and a seal: text and raw array bytes, with caps on size and nesting, nothing pickled."""

import json
import struct
from collections.abc import Callable
from typing import Any

from .coding import Garbage, TooBig, coded, decoded

__all__ = ["HEAD", "Garbage", "TooBig", "pack", "receive", "size_of", "take", "unpack"]

HEAD = struct.Struct("<II")  # bytes of JSON, bytes of arrays
MOST_TEXT = 4 << 20
MOST_BYTES = 64 << 20


def pack(value: Any, *, again: bool = False) -> bytes:
    """Return the frame of a plain value.

    Args:
        value: the value.
        again: whether a dict that comes many times is sent once; only ``receive`` takes such a frame.

    Raises:
        TooBig: the value has more text, array bytes or levels than a frame may have.
    """
    try:
        tree, blobs = coded(value, again)
        text = json.dumps(tree, separators=(",", ":")).encode("ascii")
    except RecursionError:
        raise TooBig("too many levels") from None
    size = sum(map(len, blobs))
    if len(text) > MOST_TEXT or size > MOST_BYTES:
        raise TooBig(f"{len(text) + size} bytes")
    return b"".join([HEAD.pack(len(text), size), text, *blobs])


def size_of(head: bytes) -> int:
    """Return how many bytes follow a frame's head.

    Raises:
        TooBig: more than a frame may have.
    """
    text, blobs = HEAD.unpack(head)
    if text > MOST_TEXT or blobs > MOST_BYTES:
        raise TooBig(f"{text + blobs} bytes")
    return int(text + blobs)


def unpack(head: bytes, body: bytes, *, again: bool = False) -> Any:
    """Return the value of a frame.

    Args:
        head: the frame's first bytes.
        body: the others.
        again: whether it may send a dict once that comes many times; a frame that is small could then hold a lot.

    Raises:
        Garbage: the bytes are not what pack makes.
    """
    text_size, _ = HEAD.unpack(head)
    try:
        tree = json.loads(body[:text_size])
        return decoded(tree, memoryview(body)[text_size:], again)
    except Garbage:
        raise
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError, MemoryError) as error:
        raise Garbage(type(error).__name__) from None


def take(inbox: bytearray) -> dict[str, Any] | None:
    """Take the next frame off what was read and return its dict, None while it is not all there.

    Raises:
        TooBig: the frame has more bytes than one may have.
        Garbage: it is none, or holds no dict.
    """
    head = bytes(inbox[: HEAD.size])
    if len(head) < HEAD.size:
        return None
    end = HEAD.size + size_of(head)
    if len(inbox) < end:
        return None
    body = bytes(inbox[HEAD.size : end])
    del inbox[:end]
    value = unpack(head, body)
    if not isinstance(value, dict):
        raise Garbage("no dict")
    return value


def receive(read: Callable[[int], bytes]) -> Any:
    """Return the value of the next frame of the grader's from a blocking source.

    Raises:
        EOFError: the source ended.
    """

    def exactly(size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            if not (part := read(size - len(parts))):
                raise EOFError
            parts += part
        return bytes(parts)

    head = exactly(HEAD.size)
    return unpack(head, exactly(size_of(head)), again=True)
