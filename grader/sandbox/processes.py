"""The processes of a seal, seen from outside through /proc."""

import os
from typing import NamedTuple

TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
KERNEL_LISTS_CHILDREN = os.path.exists(f"/proc/self/task/{os.getpid()}/children")
RUNNING, DISK, DEAD = "RW", "D", "ZX"  # letters of a thread's state


class Process(NamedTuple):
    """One process.

    Attributes:
        state: the letter of its first thread's state, or of one that still lives where the first has ended alone.
        cpu: seconds of processor time of its own, all threads.
        buried: seconds of those of its children that it has waited for.
        started: when it started, which with pid names it for good.
        place: the folder of /proc to read, that of a living thread.
    """

    pid: int
    parent: int
    state: str
    cpu: float
    buried: float
    threads: int
    started: int
    place: str

    @property
    def alive(self) -> bool:
        """Whether it has not exited, reaped or not."""
        return self.state not in DEAD


def process(pid: int) -> Process | None:
    """Return a process, None where there is none of that number."""
    text = _read(f"/proc/{pid}/stat")
    try:
        words = text[text.rindex(b")") + 2 :].split()
        user, system, buried_user, buried_system = map(int, words[11:15])
        cpu, buried = (user + system) / TICK, (buried_user + buried_system) / TICK
        state, threads = words[0].decode(), int(words[17])
        place, state = _living(pid, state) if state in DEAD and threads > 1 else (f"/proc/{pid}", state)
        return Process(pid, int(words[1]), state, cpu, buried, threads, int(words[19]), place)
    except (ValueError, IndexError):
        return None


def _living(pid: int, state: str) -> tuple[str, str]:
    """Return the folder and the state of a living thread of a process whose first thread has ended alone.

    The kernel shows such a process as a zombie without memory, though its other threads go on.
    """
    for thread in _threads(pid):
        place = f"/proc/{pid}/task/{thread}"
        if (own := _state(place)) and own not in DEAD:
            return place, own
    return f"/proc/{pid}", state


def tree(root: int) -> list[Process]:
    """Return a process and all that descend from it, parents before their children."""
    found: list[Process] = []
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        if (one := process(pid)) is not None:
            found.append(one)
            waiting += _children(one)
    return found


def busy(one: Process) -> str:
    """Return RUNNING where a thread of the process runs or could run, else DISK where one waits for a disk, else ""."""
    states = {one.state}
    if one.threads > 1 and one.state not in RUNNING:
        states.update(_state(f"/proc/{one.pid}/task/{thread}") for thread in _threads(one.pid))
    return next((kind for kind in (RUNNING, DISK) if states & set(kind)), "")


def memory(one: Process) -> int:
    """Return the bytes that a process holds and that no file backs; what it shares counts in full."""
    return _kilobytes(f"{one.place}/status", (b"RssAnon:", b"RssShmem:", b"VmSwap:", b"VmPTE:")) << 10


def fair_memory(one: Process) -> int:
    """Return the same with its fair part of what it shares, as after a fork. Slower: for when the other looks large."""
    fair = _kilobytes(f"{one.place}/smaps_rollup", (b"Pss_Anon:", b"Pss_Shmem:", b"SwapPss:")) << 10
    return fair or memory(one)


def command(pid: int) -> bytes:
    """Return a process' command line, words separated by zeros."""
    return _read(f"/proc/{pid}/cmdline")


def _children(one: Process) -> list[int]:
    if not KERNEL_LISTS_CHILDREN:
        numbers = [int(name) for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []
        return [number for number in numbers if (other := process(number)) and other.parent == one.pid]
    threads = [str(one.pid)] if one.threads == 1 else _threads(one.pid)
    return [int(pid) for thread in threads for pid in _read(f"/proc/{one.pid}/task/{thread}/children").split()]


def _kilobytes(path: str, names: tuple[bytes, ...]) -> int:
    return sum(int(line.split()[1]) for line in _read(path).splitlines() if line.startswith(names))


def _state(place: str) -> str:
    """Return the letter of a thread's state, "" where it is gone."""
    text = _read(f"{place}/stat")
    return text[text.rfind(b")") + 2 :][:1].decode()


def _threads(pid: int) -> list[str]:
    try:
        return os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []


def _read(path: str) -> bytes:
    """Return a file of /proc, empty where it is gone."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        parts = []
        while part := os.read(file, 1 << 16):
            parts.append(part)
        return b"".join(parts)
    except OSError:
        return b""
    finally:
        os.close(file)
