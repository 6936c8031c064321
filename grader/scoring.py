"""From a submission to its result: each stage in a seal, each check by pytest, outside the seal."""

import time
from dataclasses import replace

from .catalogue import Check, of_stage
from .hashes import checks_hash
from .kit.message import Message
from .kit.stub import is_stub
from .manifest import Stage, course
from .plugin import run_checks
from .results import CheckResult, StageResult, SubmissionResult
from .stage_run import StageRun
from .submission import Submission

NOT_DONE = "not done yet: {file} still raises NotImplementedError in every function"
NOT_HANDED_IN = "not handed in: no {file}, and no cell of a notebook that defines {functions}"


def grade(submission: Submission, isolation: str) -> SubmissionResult:
    """Grade one submission.

    Args:
        submission: the bytes of each stage's file.
        isolation: "bwrap", "user" or "process".

    Returns:
        The result: ``graded``, or ``failed`` where the grader itself made a mistake.
    """
    started = time.monotonic()
    sources = {number: source.text for number, source in submission.stages.items()}
    to_run = [stage.number for stage in course().stages if _has_code(stage, submission)]
    runs = run_checks(to_run, sources, isolation, submission.hash)
    stages = tuple(_stage_result(stage, submission, runs.get(stage.number)) for stage in course().stages)
    errors = [check.error for stage in stages for check in stage.checks if check.status == "errored"]
    return SubmissionResult(
        name=submission.name,
        status="failed" if errors else "graded",
        stages=stages,
        reason=errors[0] if errors else "",
        seconds=time.monotonic() - started,
        isolation=isolation,
        ignored=tuple(submission.ignored),
        submission_hash=submission.hash,
        checks_hash=checks_hash(),
    )


def _has_code(stage: Stage, submission: Submission) -> bool:
    """Return whether a stage was handed in and is more than its stub."""
    source = submission.stages.get(stage.number)
    return source is not None and not is_stub(source.text, stage.functions)


def _stage_result(stage: Stage, submission: Submission, run: StageRun | None) -> StageResult:
    """Return a stage's result; run: None where its checks were not run."""
    result = StageResult(number=stage.number, title=stage.title, max_score=stage.points, status="graded")
    source = submission.stages.get(stage.number)
    if source is None:
        line = NOT_HANDED_IN.format(file=stage.file, functions=" or ".join(stage.functions))
        return replace(result, status="not handed in", line=line, checks=_none_run(stage, line))
    result = replace(result, origin=source.origin, remarks=tuple(source.remarks))
    if run is None or run.is_stub:
        line = NOT_DONE.format(file=stage.file)
        return replace(result, status="not done", line=line, checks=_none_run(stage, line))
    return replace(result, checks=run.in_order)


def _none_run(stage: Stage, line: str) -> tuple[CheckResult, ...]:
    """Return the stage's checks, each with no points and the one line that says why."""
    return tuple(_not_run(check, line) for check in of_stage(stage.number))


def _not_run(check: Check, line: str) -> CheckResult:
    message = Message(called="", returned=line, expected="")
    return CheckResult(check.number, check.title, check.points, "failed", 0.0, visible=check.visible, message=message)
