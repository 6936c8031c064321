"""A worker process: reads and grades one submission at a time, on behalf of run.py."""

import contextlib
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from types import FrameType

from .hashes import checks_hash
from .results import SubmissionResult, SubmissionStatus
from .submission import Found, Rejected, Submission, read_submission

Grade = Callable[[Submission, str], SubmissionResult]


@dataclass(frozen=True)
class Task:
    """One submission to grade, and the hash of the one that its result stands for already ("": none does)."""

    found: Found
    isolation: str
    graded_hash: str = ""


@dataclass(frozen=True)
class Unchanged:
    """The answer to a task whose sources are those that were graded; what is said about them may have changed.

    Attributes:
        ignored: the submission's lines about other files.
        notes: each stage's origin and remarks.
    """

    ignored: tuple[str, ...]
    notes: Mapping[int, tuple[str, tuple[str, ...]]]

    def applied_to(self, result: SubmissionResult) -> SubmissionResult:
        """Return a result with these lines in it."""
        stages = tuple(
            replace(stage, origin=self.notes[stage.number][0], remarks=self.notes[stage.number][1])
            if stage.number in self.notes
            else stage
            for stage in result.stages
        )
        return replace(result, ignored=self.ignored, stages=stages)


Answer = SubmissionResult | Unchanged


def serve(connection: "Connection[Answer, Task]", grade: Grade | None) -> None:
    """Answer tasks until the connection closes; ends with its parent, and all that it started with it."""
    gone = contextlib.suppress(EOFError, OSError, KeyboardInterrupt)  # run.py is, or wants this to end
    with contextlib.suppress(KeyboardInterrupt), gone:  # an interrupt may come while the end is being dealt with
        _settle()
        if grade is None:
            from .scoring import grade as real  # takes a while

            grade = real
        while True:
            connection.send(answer(connection.recv(), grade))


def _settle() -> None:
    """Make this process one that only run.py ends, that prints nothing, and that keeps to one core."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # a Ctrl-C in the terminal reaches run.py alone
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # pool.py held it back
        signal.signal(signal.SIGTERM, _interrupt)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    warnings.filterwarnings("ignore", category=SyntaxWarning)  # of a student's text as it is parsed
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # one submission a core, numpy's own threads would only get in its way


def answer(task: Task, grade: Grade) -> Answer:
    """Return the result of a task; a mistake of the grader gives ``failed``, never a score."""
    started = time.monotonic()
    try:
        submission = read_submission(task.found)
        if task.graded_hash == submission.hash:
            notes = {number: (source.origin, source.remarks) for number, source in submission.stages.items()}
            return Unchanged(submission.ignored, notes)
        return grade(submission, task.isolation)
    except Rejected as reason:
        return not_graded(task, "rejected", str(reason), time.monotonic() - started)
    except Exception:
        return not_graded(task, "failed", traceback.format_exc(), time.monotonic() - started)


def not_graded(task: Task, status: SubmissionStatus, reason: str, seconds: float = 0.0) -> SubmissionResult:
    """Return the result of a task without a grade: ``rejected``, or ``failed`` by the grader's own fault."""
    name, isolation = task.found.name, task.isolation
    return SubmissionResult(
        name, status, reason=reason, seconds=seconds, isolation=isolation, checks_hash=checks_hash()
    )


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)
