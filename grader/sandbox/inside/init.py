"""Pid 1 of a seal: trusted, out of the student's reach; sets the limits, starts the worker, and ends with it."""

import _socket
import _thread
import array
import ctypes
import json
import os
import select
import signal
import struct

PR_SET_DUMPABLE = 4
HOME = "/home/student"
DOOR = b"\0fitness"  # an abstract Unix socket: the network namespace is the seal's own


def main(channel: int, dump: int) -> None:
    """Run a seal.

    Args:
        channel: a stream socket to the grader. First come the setup's length, four bytes, and the setup, JSON with
            ``files`` (name to text, one character a byte) and ``limits`` (name of a limit to its value);
            what follows is for the worker.
        dump: where the worker says at which line it is, when asked by a signal.
    """
    _dumpable(False)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    line = _socket.socket(fileno=channel)
    setup = json.loads(exactly(line, struct.unpack("<I", exactly(line, 4))[0]))
    _open_door(line)  # before the limits: the kernel counts descriptors under way for a whole user, by this one's limit
    limit(setup["limits"])
    for name, text in setup["files"].items():
        with open(os.path.join(HOME, name), "wb") as file:
            file.write(text.encode("latin-1"))
    worker = os.fork()
    if worker == 0:
        _dumpable(True)
        from .worker import serve

        serve(line.detach(), dump)
        os._exit(0)
    line.close()
    os.close(dump)
    _thread.start_new_thread(_end_with_grader, ())
    os._exit(_reap(worker))


def _end_with_grader() -> None:
    """End, and the whole seal with it, once nobody reads the output any more, which the grader does until its own end.

    Bubblewrap asks the kernel to be killed with its parent, but a parent that dies before it asks goes unnoticed.
    """
    output = select.poll()
    output.register(1, 0)  # an error is reported unasked
    output.poll()
    os._exit(1)


def _dumpable(yes: bool) -> None:
    """Close or open this process to ptrace and to readers of its /proc entries."""
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, int(yes), 0, 0, 0)


def exactly(line: _socket.socket, size: int) -> bytes:
    """Read so many bytes; end where the grader is gone."""
    parts = bytearray()
    while len(parts) < size:
        if not (part := line.recv(size - len(parts))):
            os._exit(0)
        parts += part
    return bytes(parts)


def limit(limits: dict[str, int]) -> None:
    """Set the limits that the worker and all that it starts inherit."""
    import resource  # not there on Windows, where bare.py does without

    for name, value in limits.items():
        which = getattr(resource, name)
        _, most = resource.getrlimit(which)
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(which, (value, value))


def _open_door(line: _socket.socket) -> None:
    """Open the socket at which fitness asks, and hand it to the grader."""
    door = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    door.bind(DOOR)
    door.listen(256)
    line.sendmsg([b"d"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, array.array("i", [door.fileno()]))])
    door.close()


def _reap(worker: int) -> int:
    """Bury the dead until the worker is one of them; return its exit status, 128 more for a signal."""
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid == worker:
            return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
