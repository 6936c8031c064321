"""Every submission of tests/submissions, graded in the real seal: each honest point is given and no other."""

import hashlib

import pytest
from small_class import corpus_of

from grader.manifest import course
from grader.results import StageResult
from grader.scoring import grade
from grader.slips import slips_of
from grader.submission import StageSource, Submission


def graded_alone(stage: int, text: str) -> StageResult:
    """Return the result of one stage handed in alone; no other stage may have a point."""
    source = text.encode()
    name = course().stage(stage).file
    result = grade(
        Submission("alone", {stage: StageSource(source, name)}, (), hashlib.sha256(source).hexdigest()), "bwrap"
    )
    assert result.status == "graded", result.reason
    assert all(other.score == 0 for other in result.stages if other.number != stage)
    return result.stages[stage - 1]


def failures(result: StageResult) -> str:
    """Return what a student would read, for pytest to show."""
    return "\n\n".join(
        f"{check.number} {check.title}\n{check.message.text() if check.message else ''}"
        for check in result.checks
        if check.status != "passed"
    )


ONE_IN = 5  # is graded by make test; all are by make test-all


def marks(place: int) -> tuple[pytest.MarkDecorator, ...]:
    return (pytest.mark.long,) if place % ONE_IN else ()


def corpus(kind: str) -> list[pytest.param]:
    return [
        pytest.param(stage, text, id=f"stage{stage}-{name}", marks=marks(place))
        for place, (name, stage, text) in enumerate(corpus_of(kind))
    ]


@pytest.mark.parametrize(("stage", "text"), corpus("right"))
def test_a_right_answer_in_any_style_gets_every_point(stage: int, text: str) -> None:
    result = graded_alone(stage, text)
    assert result.score == pytest.approx(result.max_score), failures(result)


@pytest.mark.parametrize(("stage", "text"), corpus("wrong"))
def test_a_wrong_answer_that_looks_right_loses_points(stage: int, text: str) -> None:
    result = graded_alone(stage, text)
    assert result.score < result.max_score


SLIPS = [
    pytest.param(slip, id=f"stage{slip.stage}-{slip.name}", marks=marks(place))
    for place, slip in enumerate(slip for stage in course().stages for slip in slips_of(stage.number))
]


BY_CHANCE = {"action_drawn_at_random"}  # the first check that it fails is one that another draw passes


@pytest.mark.parametrize("slip", SLIPS)
def test_a_known_mistake_loses_points_with_its_own_sentence(slip) -> None:
    from grader.models import edited

    result = graded_alone(slip.stage, edited(slip.stage, slip.edits))
    failed = [check for check in result.checks if check.message]
    assert result.score < result.max_score
    assert {name for check in failed for name in check.slips} == {slip.name}, failures(result)
    assert slip.sentence in {check.message.slip for check in failed}
    assert result.lead is not None
    assert result.lead.slips == (slip.name,) or slip.name in BY_CHANCE, failures(result)
    for check in failed:
        assert len(f"{check.message.text()}\n{slip.sentence}".split()) <= 160, check.message.text()
        assert check.message.called and check.message.returned and check.message.expected
