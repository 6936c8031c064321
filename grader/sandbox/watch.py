"""The watchdog of a seal: a thread that looks at its processes and ends them all when a cap is passed."""

import contextlib
import json
import os
import select
import signal
import threading
import time
from dataclasses import dataclass

from . import processes
from .inside.worker import SIGNAL
from .limits import Limits
from .processes import Process
from .start import Started

OFTEN, SELDOM = 0.02, 0.1  # seconds between two looks, during a request and between requests
PATIENCE = 0.1  # seconds to wait for the worker to say at which line it is
FILES_EVERY = 5  # looks
FOLDERS = ("/tmp", "/dev/shm", "/home/student")
LONGEST_DUMP = 1 << 14


@dataclass
class Request:
    """What has been used since a request began."""

    cpu_before: float
    idle: float = 0.0
    wall: float = 0.0


class Watch:
    """Watches one seal until it is closed.

    Attributes:
        cap: the cap that was passed, "" while none was.
        cpu: seconds of processor time that the seal has used, as last seen.
        root: pid 1's number outside, None until it is known.
        worker: the worker's number outside, None until it is known.
        resting_since: since when nothing in the seal has been running, None while something runs.
        error: a mistake of the watchdog's own, after which the seal is ended.
        used: seconds of the last request: processor time, idle, and by the clock.
        answering: whether the grader itself owes the seal an answer; then the seal's idle time doesn't count.
    """

    def __init__(self, started: Started, limits: Limits) -> None:
        self.cap, self.cpu, self.dump = "", 0.0, b""
        self.root: int | None = None
        self.worker: int | None = None
        self.resting_since: float | None = None
        self.answering = False
        self.used = 0.0, 0.0, 0.0
        self.exit_status: int | None = None
        self.error: Exception | None = None
        self._started, self._limits = started, limits
        self._handle: int | None = None
        self._status = b""
        self._looks = 0
        self._last: dict[tuple[int, int], float] = {}
        self._gone = 0.0
        self._counting = threading.Lock()
        self._request: Request | None = None
        self._patience = 0.0
        self._found, self._closed = threading.Event(), threading.Event()
        self._stopping = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="seal watch", daemon=True)
        self._thread.start()

    def begin(self, limits: Limits, calls: int = 1) -> None:
        """A request begins, with caps of its own; one of many calls gets a little more time."""
        self._limits = limits
        self._patience = 0.01 * calls
        self._request = Request(self.cpu)

    def finish(self) -> None:
        """The request has ended; ``used`` says what it took."""
        if (request := self._request) is not None:
            self.used = max(0.0, self.cpu - request.cpu_before), request.idle, request.wall
        self._request = None

    def stop(self, cap: str) -> None:
        """End the seal because a cap was passed; the first reason stands."""
        with self._stopping:
            if self._closed.is_set():
                return
            self.cap = cap
            self._ask_line()
            self._end()

    def close(self) -> None:
        """End the seal and wait until all of it is gone."""
        with self._stopping:
            if not self._closed.is_set():
                self._end()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def find_worker(self) -> None:
        """Make sure that the worker's number is known; it has started before."""
        if self.worker is None and self._found.wait(10.0):
            self.look()

    def look(self) -> list[Process]:
        """Return the seal's processes now, pid 1 first."""
        seen = [] if self.root is None else processes.tree(self.root)
        if self.worker is None and len(seen) > 1 and self._started.status is not None:
            self.worker = min((one for one in seen if one.parent == self.root), key=lambda one: one.started).pid
        self._count(seen)
        return seen

    def _count(self, seen: list[Process]) -> None:
        """Count processor time in two ways, and take the larger.

        What the living have used with their buried children misses those that nobody waits for; what every process
        had used when it was last seen misses the ends of all.
        """
        if not seen:
            return
        with self._counting:
            now = {(one.pid, one.started): one.cpu for one in seen}
            self._gone += sum(cpu for name, cpu in self._last.items() if name not in now)
            self._last = now
            living = sum(now.values())
            self.cpu = max(self.cpu, living + sum(one.buried for one in seen), living + self._gone)

    def _run(self) -> None:
        """Look again and again until the seal is closed."""
        found = self._find_root()
        self._found.set()
        if not found:
            return
        before, looked = time.monotonic(), time.thread_time()
        try:
            while not self._closed.wait(OFTEN if self._request else SELDOM):
                now, spent = time.monotonic(), time.thread_time()
                # one who is stopped himself may wake late; what the looking itself costs counts in full
                cap = self._passed(self.look(), min(now - before, 0.5 + spent - looked))
                before, looked = now, spent
                if cap:
                    self.stop(cap)
        except Exception as error:  # nobody would watch any more
            self.error = error
            self.stop("unwatched")

    def _find_root(self) -> bool:
        """Wait until bubblewrap says which process is pid 1."""
        if self._started.status is None:
            self.root = self.worker = self._started.process.pid
            return True
        while b"\n" not in self._status and (part := os.read(self._started.status, 4096)):
            self._status += part
        with contextlib.suppress(OSError, ValueError, KeyError):
            self.root = int(json.loads(self._status.partition(b"\n")[0])["child-pid"])
            with self._stopping:
                if not self._closed.is_set():
                    self._handle = os.pidfd_open(self.root)
        return self.root is not None

    def _passed(self, seen: list[Process], seconds: float) -> str:
        """Return the cap that is passed, "" where none is."""
        inside = [one for one in seen if one.pid != self.root or one.pid == self.worker]
        busy = {processes.busy(one) for one in inside}
        if busy - {""}:
            self.resting_since = None
        elif self.resting_since is None:
            self.resting_since = time.monotonic()
        self._looks += 1
        if sum(one.threads for one in inside) > self._limits.processes:
            return "processes"
        if self._looks % FILES_EVERY == 0 and self._files() > self._limits.files:
            return "files"
        for measure in (processes.memory, processes.fair_memory):
            if sum(map(measure, inside)) <= self._limits.memory:
                break
        else:
            return "memory"
        if (request := self._request) is None:
            return ""
        request.wall += seconds
        if processes.RUNNING not in busy and not self.answering:  # a disk may be slow, not for ever
            request.idle += seconds if processes.DISK not in busy else seconds / 2
        if self.cpu - request.cpu_before > self._limits.cpu + self._patience:
            return "cpu"
        if request.idle > self._limits.idle or request.wall > self._limits.wall + self._patience:
            return "time"
        return ""

    def _files(self) -> int:
        """Return how many files and folders lie in the seal's own file systems, which a size alone does not bound."""
        if self.worker is None or self._started.status is None:
            return 0
        count = 0
        for folder in FOLDERS:
            with contextlib.suppress(OSError):
                room = os.statvfs(f"/proc/{self.worker}/root{folder}")
                count += room.f_files - room.f_ffree
        return count

    def _ask_line(self) -> None:
        """Ask the worker at which line it is; whatever it says is text."""
        if self.worker is None or SIGNAL is None or self._started.dump is None:
            return
        with contextlib.suppress(OSError):
            os.kill(self.worker, SIGNAL)
            if select.select([self._started.dump], [], [], PATIENCE)[0]:
                time.sleep(0.002)  # the dump comes in several writes
                self.dump = os.read(self._started.dump, LONGEST_DUMP)

    def _end(self) -> None:
        """Kill pid 1, and with it everything inside; then bubblewrap."""
        self._closed.set()
        self.look()
        with contextlib.suppress(OSError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
                select.select([self._handle], [], [], 10.0)  # until the kernel has ended the last of them
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self._started.kill()
        self._read_rest()

    def _read_rest(self) -> None:
        """Read what was left behind: the exit status, and the lines of a crash."""
        if self._started.status is not None:
            os.set_blocking(self._started.status, False)
            with contextlib.suppress(OSError):
                self._status += os.read(self._started.status, 4096)
            for line in self._status.splitlines():
                with contextlib.suppress(ValueError):
                    self.exit_status = json.loads(line).get("exit-code", self.exit_status)
        if not self.dump and self._started.dump is not None:
            os.set_blocking(self._started.dump, False)
            with contextlib.suppress(OSError):
                self.dump = os.read(self._started.dump, LONGEST_DUMP)
