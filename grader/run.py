"""A class: finds the submissions, grades what has no result yet, and writes each result as it ends."""

import contextlib
import errno
import os
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean
from types import FrameType

from rich.console import Console
from rich.progress import track
from rich.text import Text

from .hashes import checks_hash
from .manifest import course
from .out_folder import check_out, locked, make
from .pool import Pool
from .progress import Progress
from .report import read_result, result_folder, sweep, write_class, write_submission, write_table
from .report.feedback import ISOLATION
from .report.words import clean, clean_name, number
from .results import SubmissionResult
from .speed import KEY, STAGE, speed_up
from .submission import Found, find_submissions, passed_over, read_submission, shown
from .worker import Grade, Task, Unchanged

STOPPED = 1
INTERRUPTED = 130
UNWRITABLE = {
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS", "EFBIG", "EIO", "EEXIST", "ENOTDIR")
    if hasattr(errno, name)
}


def grade_class(
    paths: Sequence[Path],
    out: Path,
    jobs: int | None = None,
    fresh: bool = False,
    isolation: str = "bwrap",
    console: Console | None = None,
    grade: Grade | None = None,
    speed: bool = False,
) -> int:
    """Grade the submissions in ``paths`` and write their reports into ``out``; return the exit status.

    grades.csv and index.html hold the submissions of this call and no others, so that the same call gives the same
    files whatever ``out`` held before. A result that stands there already is used when its submission, the checks and
    the isolation are the same; results of other submissions are left where they are.

    Args:
        paths: submissions, and folders of submissions.
        out: the folder to write into, made where it is missing.
        jobs: how many submissions are graded at a time; None: one a core.
        fresh: grade all again.
        isolation: "bwrap", "user" or "process".
        console: where to show what happens.
        grade: what grades one submission, a function that can be pickled; None: ``grader.scoring.grade``.
        speed: measure each stage 4's multi-core ratio too, one submission after the other once all are graded.

    Raises:
        WrongCall: the paths hold no submissions, ``out`` cannot be used, or another run is using it.
    """
    console = console or Console()
    found = find_submissions(paths)
    check_out(out, paths, found)
    make(out)
    try:
        with locked(out), _terminable():
            return _Run(found, out, fresh, isolation, console, grade).run(jobs or cores(), passed_over(paths), speed)
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        console.print(
            Text(
                f"{shown(Path(error.filename or out))}: {error.strerror}. Nothing that was written is damaged.\n"
                "Make room or give another --out, then give the same command: it goes on where it stopped."
            ),
            soft_wrap=True,
        )
        return STOPPED


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Let a SIGTERM end the run as a Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Run:
    """One call: the results so far, and where they are written."""

    def __init__(
        self, found: Sequence[Found], out: Path, fresh: bool, isolation: str, console: Console, grade: Grade | None
    ) -> None:
        self.found, self.out, self.isolation = found, out, isolation
        self.console, self.grade = console, grade
        self.results = {item.name: old for item in found if (old := read_result(self._folder(item.name), item.name))}
        self.fresh = fresh
        self.faults: list[SubmissionResult] = []

    def run(self, jobs: int, others: Sequence[Path], speed: bool) -> int:
        for path in others:
            self._say(f"Not graded: {shown(path)} is neither a folder nor a .zip or .tar.gz.")
        progress = Progress(self.console, len(self.found))
        pool = Pool(min(jobs, len(self.found)), self.grade)
        status = 0
        try:
            with progress.live():
                self._collect(pool, progress)
            if speed:
                self._measure_speed()
        except KeyboardInterrupt:
            status = INTERRUPTED
        finally:
            pool.close()
            write_class(self._rows(), self.out)
        self._report(progress, status)
        return status

    def _collect(self, pool: Pool, progress: Progress) -> None:
        for task, answer in pool.run([Task(item, self.isolation, self._standing(item)) for item in self.found]):
            name = task.found.name
            if answer is None:
                progress.begin(name)
            elif isinstance(answer, Unchanged):
                sweep(self._folder(name))
                old = self.results[name]
                now = answer.applied_to(old)
                if now != old or not (self._folder(name) / "feedback.html").exists():
                    self._write(now)
                progress.keep(name)
            else:
                self._write(answer)
                write_table(self._rows(), self.out)
                progress.end(answer)

    def _measure_speed(self) -> None:
        """Add to each result how many times as fast its stage 4 is on several cores."""
        hidden = not self.console.is_terminal
        for item in track(self.found, "Speed of stage 4", console=self.console, transient=True, disable=hidden):
            result = self.results[item.name]
            stage = next((stage for stage in result.stages if stage.number == STAGE), None)
            if KEY in result.extra or stage is None or stage.status != "graded" or not stage.score:
                continue
            sources = {number: source.text for number, source in read_submission(item).stages.items()}
            words = speed_up(sources, self.isolation, cores())
            self._write(replace(result, extra={**result.extra, KEY: words}))

    def _standing(self, item: Found) -> str:
        """Return the hash of the submission that a result still stands for, "" where it has to be graded."""
        old = self.results.get(item.name)
        if self.fresh or old is None or old.status != "graded":
            return ""
        return old.submission_hash if (old.checks_hash, old.isolation) == (checks_hash(), self.isolation) else ""

    def _write(self, result: SubmissionResult) -> None:
        if result.status == "failed":
            self.faults.append(result)
        write_submission(result, self._folder(result.name))
        self.results[result.name] = result

    def _folder(self, name: str) -> Path:
        return self.out / result_folder(name)

    def _rows(self) -> list[SubmissionResult]:
        return [self.results[item.name] for item in self.found if item.name in self.results]

    def _say(self, text: str) -> None:
        self.console.print(Text(text), soft_wrap=True)

    def _report(self, progress: Progress, status: int) -> None:
        for result in self.faults:
            self._say(f"\nA fault of the grader on {clean_name(result.name)}:\n{clean(result.reason.rstrip())}")
        rows = self._rows()
        if status:
            self._say(f"\nInterrupted: {progress.done} of {len(self.found)} submissions are done.")
            without = " without --fresh: what is done stands, and so do earlier results"
            self._say(f"Give the same command again{without if self.fresh else ': it grades only the others'}.")
            return
        counts = Counter(result.status for result in rows)
        scores = [result.score for result in rows if result.status == "graded"]
        words = ", ".join(f"{counts[key]} {key}" for key in ("graded", "rejected", "failed") if counts[key])
        average = f"; mean {number(round(mean(scores), 1))} of {number(course().max_score)}" if scores else ""
        self._say(f"\n{len(rows)} submission{'s' if len(rows) != 1 else ''}: {words}{average}.")
        if progress.kept:
            self._say(f"{progress.kept} as graded before, {progress.graded} graded now.")
        if counts["failed"]:
            self._say("Where the grader failed there is no score: the same command grades only those again.")
        self._say(f"Isolation: {self.isolation}, {ISOLATION.get(self.isolation, '')}.")
        if len(rows) == 1:
            self._say(f"Open {shown(self._folder(rows[0].name) / 'feedback.html')} (what its author reads).")
        else:
            self._say(
                f"Open {shown(self.out / 'index.html')} (the class), {shown(self.out / 'grades.csv')} (its rows)."
            )
