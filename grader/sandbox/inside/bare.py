"""The worker without bubblewrap, for the weaker levels of isolation: the process itself is the worker."""

import _socket
import contextlib
import ctypes
import json
import os
import struct
import sys
from typing import Any

from .init import exactly, limit

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER = 38, 22, 36
SECCOMP_MODE_FILTER = 2


def main(text: str) -> None:
    """Run a worker.

    Args:
        text: JSON with ``channel`` (a descriptor, or a host, a port and a word to say first), ``dump`` (a descriptor
            or None), ``door`` and ``claim`` (see fitness.Asked), ``filter`` (system calls to deny, in hexadecimal).
    """
    words = json.loads(text)
    line = _line(words["channel"])
    setup = json.loads(exactly(line, struct.unpack("<I", exactly(line, 4))[0]))
    for name, source in setup["files"].items():
        with open(name, "wb") as file:
            file.write(source.encode("latin-1"))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        _deny(bytes.fromhex(words["filter"]))
    with contextlib.suppress(ImportError, ValueError, OSError):  # systems without some of the limits
        limit(setup["limits"])
    from .worker import serve

    door = words["door"]
    serve(line.detach(), words["dump"], tuple(door) if isinstance(door, list) else door, words["claim"])
    os._exit(0)


def _line(channel: Any) -> _socket.socket:
    if isinstance(channel, int):
        return _socket.socket(fileno=channel)
    host, port, word = channel
    line = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    line.connect((host, port))
    line.send(word.encode())
    return line


def _deny(program: bytes) -> None:
    """Install a filter of system calls, for this process and all that it starts."""
    if not program:
        return
    library, lines = ctypes.CDLL(None), ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(lines))
    library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if library.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.create_string_buffer(header), 0, 0) != 0:
        raise OSError("the filter of system calls was refused")
