"""The worker processes of a run: tasks go out, answers come back, and nothing outlives it."""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from .worker import Answer, Grade, Task, not_graded, serve

LIMIT = 1800.0
GRACE = 3.0


@dataclass
class _Worker:
    process: SpawnProcess
    connection: "Connection[Task, Answer]"
    task: Task | None = None
    began: float = field(default_factory=time.monotonic)


class Pool:
    """``jobs`` processes, each with one submission at a time; one that dies is replaced and its submission failed."""

    def __init__(self, jobs: int, grade: Grade | None) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._grade = grade
        self._workers = [self._start() for _ in range(jobs)]

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Answer | None]]:
        """Yield each task twice: with None as it begins, with its answer as it ends."""
        waiting = list(reversed(tasks))
        while waiting or any(worker.task for worker in self._workers):
            for place, worker in enumerate(self._workers):
                if worker.task is None and waiting:
                    task = waiting.pop()
                    self._hand(place, task)
                    yield task, None
            busy = [worker for worker in self._workers if worker.task is not None]
            ready = wait([worker.connection for worker in busy], timeout=0.25)
            for place, worker in enumerate(self._workers):
                if worker.task is None:
                    continue
                task, late = worker.task, time.monotonic() - worker.began > LIMIT
                if worker.connection in ready:
                    try:
                        answer: Answer = worker.connection.recv()
                        worker.task = None
                    except (EOFError, OSError):
                        worker.process.join(GRACE)
                        answer = not_graded(
                            task, "failed", f"A worker process ended with exit code {worker.process.exitcode}."
                        )
                        self._workers[place] = self._replace(worker)
                elif late:
                    answer = not_graded(task, "failed", f"Grading took more than {LIMIT:.0f} seconds.")
                    self._workers[place] = self._replace(worker)
                else:
                    continue
                yield task, answer

    def _hand(self, place: int, task: Task) -> None:
        """Give a worker a task; one that has died while it was idle is replaced first."""
        if not self._workers[place].process.is_alive():
            self._workers[place] = self._replace(self._workers[place])
        worker = self._workers[place]
        worker.task, worker.began = task, time.monotonic()
        worker.connection.send(task)

    def close(self) -> None:
        """End all workers and what they started: idle ones by themselves, busy ones at once."""
        for worker in self._workers:
            worker.connection.close()
            if worker.task is not None:
                worker.process.terminate()
        deadline = time.monotonic() + GRACE
        for worker in self._workers:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            _kill(worker.process)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self._grade))
        with _interrupts_wait():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _replace(self, worker: _Worker) -> _Worker:
        worker.connection.close()
        _kill(worker.process)
        return self._start()


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let a Ctrl-C wait, here and in a process started meanwhile: half started, that would answer with a traceback."""
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []
    resource_tracker.ensure_running()  # it would be started with the first worker, and let a Ctrl-C through again
    handler = signal.signal(signal.SIGINT, lambda number, frame: caught.append(number))  # a thread may get it
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if caught:
        raise KeyboardInterrupt


def _kill(process: SpawnProcess) -> None:
    """Kill a worker's whole process group; what it left behind goes with it."""
    if hasattr(os, "killpg") and process.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
