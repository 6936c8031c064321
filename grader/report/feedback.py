"""feedback.html: the score, what to do next, each stage under one lead message, and what was handed in."""

from dataclasses import dataclass

from ..kit.message import Message
from ..manifest import course
from ..results import CheckResult, StageResult, SubmissionResult
from .faults import fault_of
from .gradescope import stage_line, summary
from .pages import render

ISOLATION = {
    "bwrap": "in a seal of its own, with no network and no other files",
    "user": "as another user of the machine, not in a full seal",
    "process": "without a seal: the code could have changed its own grade",
}


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: a heading, a text, and the stage that it is about (None: none)."""

    heading: str
    text: str
    stage: int | None = None


def to_feedback(result: SubmissionResult) -> str:
    """Return the text of feedback.html."""
    return render(
        "feedback.html",
        result=result,
        failed=result.status == "failed",
        summary=summary(result),
        next_step=next_step(result),
        share=_share(result),
        rows=rows,
        stage_line=lambda stage: sentence(stage_line(stage)),
        visible_file=visible_file,
        isolation=ISOLATION.get(result.isolation, result.isolation),
    )


def next_step(result: SubmissionResult) -> NextStep:
    """Return what the student should do next: the first stage that is not whole, the bonus stages last."""
    if result.status != "graded":
        return NextStep("Nothing was graded", summary(result))
    bonus = {stage.number for stage in course().stages if stage.bonus}
    unfinished = [stage for stage in result.stages if stage.score < stage.max_score - 1e-9]
    required = [stage for stage in unfinished if stage.number not in bonus]
    if not required:
        if not unfinished:
            return NextStep("Nothing is left to do", "Every check of every stage passed.")
        first = unfinished[0]
        text = "Every check of the course passed. " + _step(first)
        return NextStep(f"A bonus is open: stage {first.number}, {first.title}", text, first.number)
    first = required[0]
    return NextStep(f"Stage {first.number}, {first.title}", _step(first), first.number)


def _step(stage: StageResult) -> str:
    lead = stage.lead
    if stage.status != "graded" or lead is None or lead.message is None:
        return sentence(stage_line(stage))
    message = lead.message
    seen = message.returned.removeprefix("None: ") if fault_of(message) else f"expected {message.expected}"
    first = message.slip or f"{lead.title}: {seen}"
    return sentence(first) + (f"\nLook at: {sentence(message.look)}" if message.look else "")


def sentence(text: str) -> str:
    """Return a text with a capital at its start and a stop at its end; one that starts with a name keeps it."""
    start = text[:1].upper() + text[1:] if text.startswith("not ") else text
    return start if start.endswith((".", "!", "?")) else f"{start}."


def _share(result: SubmissionResult) -> float:
    """Return the score in percent of the full score, at most 100, for the bar."""
    return min(100.0, 100.0 * result.score / course().max_score)


def rows(message: Message) -> list[tuple[str, str, str]]:
    """Return the parts of a message that are there: their label, text, and how it is set."""
    parts = (
        ("Called", message.called, "value"),
        ("Got", message.returned, "value"),
        ("Expected", message.expected, "value"),
        ("First difference", message.differs, "value"),
        ("What it looks like", message.slip, "strong"),
        ("Look at", message.look, "sentence"),
    )
    return [part for part in parts if part[1]]


def visible_file(check: CheckResult) -> str:
    """Return the student's own test file for a check that is in it, "" for a hidden check."""
    return f"exercises/test_stage{check.number.split('.')[0]}.py" if check.visible else ""
