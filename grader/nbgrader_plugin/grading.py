"""Grades the hand-ins of a course folder on all cores, and takes over what was graded before."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..hashes import checks_hash
from ..out_folder import locked, make
from ..pool import Pool
from ..report import read_result, result_folder, write_submission
from ..report.words import clean_name, number
from ..results import SubmissionResult
from ..submission import Found
from ..worker import Task, Unchanged

Say = Callable[[str], None]


def grade_folders(
    found: Sequence[Found], out: Path, isolation: str, jobs: int, say: Say, standing: Mapping[str, str]
) -> dict[str, SubmissionResult | None]:
    """Return each hand-in's result; None where it is the one that ``standing`` names by its content's hash.

    Results are read from and written to ``out`` as ``python -m grader grade --out`` does, so that one takes over the
    other's, and an interrupted call goes on where it stopped.

    Args:
        found: the hand-ins.
        out: the folder of results.
        isolation: "bwrap", "user" or "process".
        jobs: how many hand-ins are graded at a time.
        say: told one line a hand-in.
        standing: for some names, the hash of the hand-in whose grading stands already.

    Raises:
        WrongCall: another run is writing into ``out``, or it cannot be made.
    """
    make(out)
    with locked(out):
        earlier = {item.name: _earlier(out, item, isolation) for item in found}
        tasks = []
        for item in found:
            old = earlier[item.name]
            graded = old.submission_hash if old is not None else standing.get(item.name, "")
            tasks.append(Task(item, isolation, graded))
        results: dict[str, SubmissionResult | None] = {}
        pool = Pool(max(1, min(jobs, len(tasks))), None)
        try:
            for task, answer in pool.run(tasks):
                if answer is None:
                    continue
                name = task.found.name
                count = f"{len(results) + 1}/{len(tasks)} {clean_name(name)}"
                if isinstance(answer, Unchanged):
                    old = earlier[name]
                    results[name] = answer.applied_to(old) if old is not None else None
                    say(f"{count}: as graded before")
                else:
                    results[name] = answer
                    write_submission(answer, out / result_folder(name))
                    score = f"{number(answer.score)} points" if answer.status == "graded" else answer.status
                    say(f"{count}: {score}")
        finally:
            pool.close()
    return results


def _earlier(out: Path, item: Found, isolation: str) -> SubmissionResult | None:
    """Return the result that stands in ``out``, None where the checks or the isolation are others now."""
    old = read_result(out / result_folder(item.name), item.name)
    if old is None or old.status != "graded" or (old.checks_hash, old.isolation) != (checks_hash(), isolation):
        return None
    return old
