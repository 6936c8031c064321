"""Opens real seals for student code written in the tests."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping

import pytest

from grader.manifest import ROOT
from grader.sandbox import Limits, SealedStudent, open_student

Open = Callable[..., SealedStudent]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Open a seal for stage 1, or another, whose file is the given text; all are closed at the end."""
    seals: list[SealedStudent] = []

    def open_one(
        text: str, stage: int = 1, others: Mapping[int, str] | None = None, isolation: str = "bwrap", **limits: float
    ) -> SealedStudent:
        sources = {stage: text, **(others or {})}
        given = {number: textwrap.dedent(source).encode() for number, source in sources.items()}
        seals.append(open_student(stage, given, isolation, Limits(**limits)))
        return seals[-1]

    yield open_one
    for seal in seals:
        seal.close()


@pytest.fixture(scope="module")
def inside() -> Iterator[Callable[[str], object]]:
    """Run any code in one seal for the whole file, and return what it leaves in ``out``."""
    text = b"def run(code):\n    names = {'out': []}\n    exec(code, names)\n    return names['out']\n"
    sealed = open_student(1, {1: text})
    yield lambda code: sealed.call("run", code).value
    sealed.close()


Run = Callable[..., str]
REACHABLE = """
import ctypes, os, pathlib, sys
CLONE_NEWNS, MS_REC, MS_PRIVATE, MS_BIND = 0x20000, 0x4000, 0x40000, 0x1000
libc = ctypes.CDLL(None, use_errno=True)
def mount(source, target, kind, flags, options=None):
    words = [None if word is None else word.encode() for word in (source, target, kind, options)]
    if libc.mount(words[0], words[1], words[2], ctypes.c_ulong(flags), words[3]):
        raise OSError(ctypes.get_errno(), "mount")
wanted = {wanted!r}
libc.unshare(CLONE_NEWNS)
mount(None, "/", None, MS_REC | MS_PRIVATE)
parents = [list(reversed(pathlib.Path(path).parents)) for path in wanted]
closed = [next((str(up) for up in above if not os.stat(up).st_mode & 1), "") for above in parents]
kept = [(path, os.open(path, os.O_PATH)) for path, door in zip(wanted, closed) if door]
for door in sorted(set(filter(None, closed))):
    mount("tmpfs", door, "tmpfs", 0, "mode=0755,size=1m")
for path, fd in kept:
    os.makedirs(path, exist_ok=True)
    mount(f"/proc/self/fd/{{fd}}", path, None, MS_BIND | MS_REC)
    os.close(fd)
uid = {uid}
if uid:
    os.setgroups([]); os.setresgid(uid, uid, uid); os.setresuid(uid, uid, uid)
os.chdir("/")
os.execve(sys.executable, [sys.executable, "-c", {code!r}], {{"PATH": os.environ["PATH"], "HOME": "/"}})
"""


@pytest.fixture
def elsewhere() -> Run:
    """Run Python code in a process of its own and return what it prints.

    Started by root, that process sees the interpreter at paths which any user can reach; ``uid`` is who it is then.
    """

    def run(code: str, uid: int = 0) -> str:
        code = textwrap.dedent(code)
        if os.geteuid() == 0:
            wanted = [os.path.realpath(sys.base_prefix), str(ROOT), sys.prefix]
            code = REACHABLE.format(wanted=wanted, uid=uid, code=code)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
