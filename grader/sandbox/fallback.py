"""The weaker levels: ``user``, another user of this machine, for root in a container; ``process``, no protection."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import seccomp
from .errors import IsolationUnavailable
from .layout import HERE, layout
from .start import USERS, Started, anyone_reaches

MAIN = "import sys; from _seal.sandbox.inside.bare import main; main(sys.argv[1])"
CONFINED = HERE / "confined.py"
POSIX = os.name == "posix"  # descriptors can be inherited, and there are Unix sockets
NAMED = hasattr(socket, "SO_PASSCRED")  # the kernel names the sender on a Unix socket


def start_bare(confined: bool) -> tuple[Started, str]:
    """Start a worker without bubblewrap; return it and its home folder.

    Args:
        confined: run it as another user, with Landlock and the filter of system calls where the kernel has them.

    Raises:
        IsolationUnavailable: another user can't be had, or can't reach the interpreter.
    """
    uid = _free_user() if confined else None
    room = Path(tempfile.mkdtemp(prefix="seal-"))
    folders = {name: room / name for name in ("home", "tmp", "lib", "packages")}
    for folder in folders.values():
        folder.mkdir()
    _furnish(folders["lib"] / "_seal", folders["packages"])
    door, address = _door(room)
    ours, channel, kept = _channel()
    output, output_end = os.pipe() if POSIX else (None, None)
    dump, dump_end = os.pipe() if POSIX else (None, None)
    program = seccomp.program() if confined else None
    words = {
        "channel": channel,
        "dump": dump_end,
        "door": address,
        "claim": not (POSIX and NAMED),
        "filter": (program or b"").hex(),
    }
    command = [layout().python, "-s", "-P", "-B", "-c", MAIN, json.dumps(words)]
    if uid is not None:
        for path in (folders["home"], folders["tmp"]):
            os.chown(path, uid, uid)
        room.chmod(0o711)
        readable = [*layout().sources, *map(str, folders.values()), "/proc", "/dev"]
        writable = [str(folders["home"]), str(folders["tmp"]), "/dev/null", "/dev/shm"]
        head = [sys.executable, "-I", "-B", str(CONFINED), str(uid), os.pathsep.join(readable)]
        command = [*head, os.pathsep.join(writable), *command]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if output_end is None else output_end,
        stderr=subprocess.DEVNULL if output_end is None else output_end,
        pass_fds=[*kept, *([] if dump_end is None else [dump_end])],
        env=_environment(folders),
        cwd=folders["home"],
        start_new_session=POSIX,
    )
    for end in (output_end, dump_end, *kept):
        if end is not None:
            os.close(end)
    if isinstance(ours, _Knock):
        ours = ours.wait()

    def clear() -> None:
        if uid is not None:
            _end_user(uid)
        shutil.rmtree(room, ignore_errors=True)

    return Started(process, ours, output, dump, None, door, POSIX and NAMED, uid is None, clear), os.path.realpath(
        folders["home"]
    )


class _Knock:
    """A listener for the one worker that says the right word, where descriptors can't be inherited."""

    def __init__(self) -> None:
        self.word = secrets.token_hex(16)
        self.listener = socket.create_server(("127.0.0.1", 0))

    def wait(self) -> socket.socket:
        """Return the worker's connection."""
        self.listener.settimeout(30.0)
        with self.listener:
            while True:
                line, _ = self.listener.accept()
                line.settimeout(5.0)
                with contextlib.suppress(OSError):
                    if secrets.compare_digest(line.recv(len(self.word)), self.word.encode()):
                        return line
                line.close()


def _channel() -> tuple["socket.socket | _Knock", object, list[int]]:
    """Return the grader's end, what tells the worker its end, and the descriptors to pass on."""
    if POSIX:
        ours, theirs = socket.socketpair()
        descriptor = theirs.detach()
        return ours, descriptor, [descriptor]
    knock = _Knock()
    return knock, [*knock.listener.getsockname()[:2], knock.word], []


def _door(room: Path) -> tuple[socket.socket, object]:
    """Return a listening socket and its address as the worker needs it."""
    if not POSIX:
        door = socket.create_server(("127.0.0.1", 0), backlog=256)
        return door, list(door.getsockname()[:2])
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    address = str(room / "door")
    door.bind(address)
    os.chmod(address, 0o666)
    door.listen(256)
    return door, address


def _furnish(lib: Path, packages: Path) -> None:
    """Put the code that runs inside, and links to the packages that may be imported, into their folders."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / "inside", lib / "sandbox" / "inside", ignore=skip)
    shutil.copytree(HERE.parent / "kit", lib / "kit", ignore=skip)
    for source, inside in layout().binds:
        if inside.startswith("/seal/packages/"):
            try:
                (packages / Path(source).name).symlink_to(source)
            except OSError:  # Windows without the right to make links
                shutil.copytree(source, packages / Path(source).name)


def _environment(folders: Mapping[str, Path]) -> dict[str, str]:
    here = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}
    library = {"LD_LIBRARY_PATH": layout().library_path} if layout().library_path else {}
    return (
        here
        | library
        | {
            "HOME": str(folders["home"]),
            "PATH": os.path.dirname(layout().python),
            "LANG": "C.UTF-8",
            "TMPDIR": str(folders["tmp"]),
            "PYTHONPATH": os.pathsep.join(str(folders[name]) for name in ("home", "lib", "packages")),
            "PYTHONHASHSEED": "0",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
    )


def _free_user() -> int:
    """Return the number of a user that has no process.

    Raises:
        IsolationUnavailable: the grader is not root, or the interpreter is closed to other users.
    """
    if not POSIX or os.geteuid() != 0:
        raise IsolationUnavailable(
            "--isolation user needs root, as in a container: student code runs as another user there. "
            "Without root use --isolation bwrap, or --isolation process, which protects nothing."
        )
    closed = [path for path in (sys.executable, *layout().sources) if not anyone_reaches(path)]
    if closed:
        raise IsolationUnavailable(
            f"--isolation user: another user can't read {closed[0]}. Install Python and the packages where everybody "
            "can read them (/usr, /opt), or use --isolation bwrap."
        )
    used = {uid for uid, _ in _users()}
    return secrets.choice([uid for uid in USERS if uid not in used])


def _users() -> Iterator[tuple[int, str]]:
    """Yield the user and the state of every process of this machine."""
    for path in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError, KeyError):
            words = dict(line.split(":\t", 1) for line in path.read_text().splitlines() if ":\t" in line)
            yield int(words["Uid"].split()[0]), words["State"][0]


def _end_user(uid: int) -> None:
    """Kill every process of a user until none is left; one that forks faster than we kill runs into its limit."""
    words = [layout().python, "-I", "-S", "-c", "import os; os.kill(-1, 9)"]  # all at once: none can fork meanwhile
    while any(owner == uid and state not in "ZX" for owner, state in _users()):
        subprocess.run(words, user=uid, group=uid, extra_groups=[], env={}, stderr=subprocess.DEVNULL, check=False)
