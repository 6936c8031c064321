"""What a submission gets where its seals do not start: no points lost, and no row that looks like a grade."""

from collections.abc import Mapping
from typing import Any

import pytest

from grader import stage_run
from grader.manifest import course
from grader.models import answer_text
from grader.sandbox import IsolationUnavailable, SealedStudent
from grader.scoring import grade
from grader.submission import StageSource, Submission


def answer() -> Submission:
    """Return the model answer of stage 1 alone."""
    return Submission("one", {1: StageSource(answer_text(1).encode(), course().stage(1).file)}, (), "0")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the seals that are opened; as many as the first entry says do not start."""
    counted, real = [0, 0], stage_run.open_student

    def open_student(stage: int, sources: Mapping[int, bytes], isolation: str = "bwrap", **more: Any) -> SealedStudent:
        counted[1] += 1
        if counted[1] <= counted[0]:
            raise IsolationUnavailable("no room for one more seal")
        return real(stage, sources, isolation, **more)

    monkeypatch.setattr(stage_run, "open_student", open_student)
    monkeypatch.setattr(stage_run, "PAUSES", (0.01, 0.01))
    return counted


def test_a_seal_that_does_not_start_is_tried_again(opened: list[int]) -> None:
    opened[0] = 2
    result = grade(answer(), "bwrap")
    assert result.status == "graded"
    assert result.stages[0].score == result.stages[0].max_score


def test_where_none_starts_the_submission_has_failed_and_no_check_has(opened: list[int]) -> None:
    opened[0] = 10_000
    result = grade(answer(), "bwrap")
    assert result.status == "failed"
    assert {check.status for check in result.stages[0].checks} == {"errored"}
    assert "no room for one more seal" in str([check.error for check in result.stages[0].checks])
