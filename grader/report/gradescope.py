"""results.json: Gradescope's results format, and beside it what is needed to read a result back."""

import json
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..kit.message import Message
from ..manifest import course
from ..results import SCHEMA_VERSION, CheckResult, StageResult, SubmissionResult
from .words import clean, clean_name


def to_json(result: SubmissionResult) -> str:
    """Return a result as the text of results.json."""
    failed = result.status == "failed"
    table = {
        "score": None if failed else _points(result.score),
        "execution_time": round(result.seconds, 3),
        "output": clean(summary(result)),
        "output_format": "text",
        "visibility": "visible",
        "tests": [_test(stage, check) for stage in result.stages for check in stage.checks],
        "extra_data": {
            "schema_version": result.schema_version,
            "submission": clean_name(result.name),
            "status": result.status,
            "reason": clean(result.reason) if result.status == "rejected" else "",  # a fault's traceback is not theirs
            "max_score": course().max_score,
            "stages": {str(stage.number): _stage_points(result, stage.number) for stage in course().stages},
            "stage_reports": [_report(stage) for stage in result.stages],
            "ignored": [clean(line) for line in result.ignored],
            "isolation": result.isolation,
            "submission_hash": result.submission_hash,
            "checks_hash": result.checks_hash,
            "grader_version": grader_version(),
            "extra": {key: clean(value) for key, value in result.extra.items()},
        },
    }
    return json.dumps(table, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def from_json(text: str, name: str) -> SubmissionResult:
    """Return the result that ``to_json`` wrote.

    Raises:
        ValueError: it is not one, or one of another version.
    """
    try:
        table = json.loads(text)
        extra = table["extra_data"]
        if extra["schema_version"] != SCHEMA_VERSION:
            raise ValueError("results.json is of another version of the grader")
        checks = [(str(test["number"]), _check(test)) for test in table["tests"]]
        stages = tuple(_stage(row, checks) for row in extra["stage_reports"])
        return SubmissionResult(
            name=name,
            status=extra["status"],
            stages=stages,
            reason=extra["reason"],
            seconds=float(table["execution_time"]),
            isolation=extra["isolation"],
            ignored=tuple(extra["ignored"]),
            submission_hash=extra["submission_hash"],
            checks_hash=extra["checks_hash"],
            extra=dict(extra["extra"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("results.json is not one of the grader's") from error


def summary(result: SubmissionResult) -> str:
    """Return the lines that lead a report: why nothing was graded, or a line a stage."""
    if result.status == "rejected":
        return f"The submission could not be read. {result.reason}"
    if result.status == "failed":
        return "The grader itself failed on this submission; it will be graded again. No points were taken."
    return "\n".join(f"Stage {stage.number}, {stage.title}: {stage_line(stage)}" for stage in result.stages)


def stage_line(stage: StageResult) -> str:
    """Return a stage's standing in one line."""
    if stage.status != "graded":
        return stage.line or f"{stage.status}."
    passed = sum(check.status == "passed" for check in stage.checks)
    return f"{_points(stage.score):g} of {stage.max_score:g} points, {passed} of {len(stage.checks)} checks passed."


def stage_score(result: SubmissionResult, stage: int) -> float:
    """Return the points of a stage, 0 where it has no result."""
    return next((_points(item.score) for item in result.stages if item.number == stage), 0.0)


def grader_version() -> str:
    """Return the version of the grader that is installed."""
    try:
        return version("evolution-kit")
    except PackageNotFoundError:
        return "unknown"


def _points(value: float) -> float:
    return round(value, 3)


def _stage_points(result: SubmissionResult, stage: int) -> dict[str, float]:
    return {"score": stage_score(result, stage), "max_score": course().stage(stage).points}


def _test(stage: StageResult, check: CheckResult) -> dict[str, Any]:
    return {
        "name": clean(check.title),
        "number": check.number,
        "score": _points(check.score),
        "max_score": check.max_score,
        "status": "passed" if check.status == "passed" else "failed",
        "output": clean(output_of(stage, check)),
        "output_format": "text",
        "visibility": "visible",
        "extra_data": {
            "outcome": check.status,
            "visible": check.visible,
            "message": {key: clean(text) for key, text in asdict(check.message).items()} if check.message else None,
            "slips": list(check.slips),
            "note": clean(check.note),
        },
    }


def output_of(stage: StageResult, check: CheckResult) -> str:
    """Return what a student reads about one check, as plain text."""
    if check.status == "errored":
        return "The grader itself failed on this check; it will be graded again."
    if stage.status != "graded" and check.status == "failed":
        return stage.line
    parts = [check.message.text() if check.message is not None else "", check.note]
    return "\n".join(part for part in parts if part)


def _report(stage: StageResult) -> dict[str, Any]:
    return {
        "number": stage.number,
        "title": clean(stage.title),
        "max_score": stage.max_score,
        "status": stage.status,
        "origin": clean(stage.origin),
        "line": clean(stage.line),
        "remarks": [clean(remark) for remark in stage.remarks],
    }


def _check(test: dict[str, Any]) -> CheckResult:
    extra = test["extra_data"]
    return CheckResult(
        number=test["number"],
        title=test["name"],
        max_score=test["max_score"],
        status=extra["outcome"],
        score=test["score"],
        visible=extra["visible"],
        message=Message(**extra["message"]) if extra["message"] else None,
        slips=tuple(extra["slips"]),
        note=extra["note"],
    )


def _stage(row: dict[str, Any], checks: list[tuple[str, CheckResult]]) -> StageResult:
    own = tuple(check for number, check in checks if number.split(".")[0] == str(row["number"]))
    return StageResult(**{**row, "checks": own, "remarks": tuple(row["remarks"])})
