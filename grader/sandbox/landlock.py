"""Landlock: what a process and all that it starts may read and write, set by an ordinary process for itself."""

import ctypes
import os
import struct
from collections.abc import Sequence

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every processor
VERSION = 1
PATH_BENEATH = 1
PR_SET_NO_NEW_PRIVS = 38
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
FILE_RIGHTS = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14  # execute, write, read, truncate
BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
TCP = 0b11  # bind and connect, from version 4


def version() -> int:
    """Return the kernel's version of Landlock, 0 where it has none."""
    found = _library().syscall(CREATE_RULESET, None, 0, VERSION)
    return max(0, int(found))


def confine(readable: Sequence[str], writable: Sequence[str]) -> None:
    """Let this process read and run only what lies in some folders, and write only in others; no TCP.

    Raises:
        OSError: the kernel has no Landlock, or refuses.
    """
    level = version()
    if level == 0:
        raise OSError("this kernel has no Landlock")
    rights = next(mask for at, mask in sorted(BY_VERSION.items(), reverse=True) if level >= at)
    attributes = struct.pack("QQ", rights, TCP) if level >= 4 else struct.pack("Q", rights)
    rules = _call(CREATE_RULESET, attributes, len(attributes), 0)
    for path in readable:
        _allow(rules, path, rights & (EXECUTE | READ_FILE | READ_DIR))
    for path in writable:
        _allow(rules, path, rights)
    _library().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _call(RESTRICT_SELF, rules, 0)
    os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    place = os.open(path, os.O_PATH)
    rights = rights if os.path.isdir(path) else rights & FILE_RIGHTS
    _call(ADD_RULE, rules, PATH_BENEATH, struct.pack("<Qi", rights, place), 0)
    os.close(place)


def _call(number: int, *arguments: object) -> int:
    found = _library().syscall(number, *arguments)
    if found < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"Landlock: {os.strerror(code)}")
    return int(found)


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
