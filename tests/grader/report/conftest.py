"""Results as grading gives them, made by hand: a class of every kind of submission."""

import pytest

from grader.kit.message import Message
from grader.manifest import course
from grader.results import CheckResult, StageResult, SubmissionResult

LONG_TITLE = "What a fitness that raises leaves behind, and whether its exception arrives"
SLIP = "This is what you get when the bias is added after the relu."
NOT_DONE = "Not done yet: forward still raises NotImplementedError."
MESSAGE = Message(
    called="forward(x, params) with x of shape (4,)",
    returned="an array of shape (2,), float64",
    expected="relu(x @ w0 + b0) @ w1 + b1, an array of shape (2,), float64",
    differs="entry [0]: 0.3125 against 0.5127",
    slip=SLIP,
    look="Write down the shape of each step for one input, and say which of them the relu is applied to.",
)


def make_stage(number: int, passed: int, of: int = 4, message: Message = MESSAGE) -> StageResult:
    stage = course().stage(number)
    worth = stage.points / of
    checks = tuple(
        CheckResult(
            number=f"{number}.{k + 1}",
            title=("The value of the forward pass", "Arguments unchanged", "Ties", LONG_TITLE)[k % 4],
            max_score=worth,
            status="passed" if k < passed else "failed",
            score=worth if k < passed else 0.0,
            visible=k % 2 == 0,
            message=None if k < passed else message,
            slips=() if k < passed else ("bias after relu",),
            note="Measured: 1.9 times as fast with 2 processes." if k == 0 and number == 4 else "",
        )
        for k in range(of)
    )
    origin = f"evolution.ipynb, cell {number + 3}" if number == 3 else stage.file
    remarks = ("Came along from other cells, since this stage uses it: np (cell 1).",) if number == 3 else ()
    return StageResult(number, stage.title, stage.points, "graded", origin, "", checks, remarks)


def make_empty(number: int, status: str) -> StageResult:
    stage = course().stage(number)
    if status == "not done":
        checks = tuple(CheckResult(f"{number}.{k}", f"Check {k}", stage.points / 2, "failed", 0.0) for k in (1, 2))
        return StageResult(number, stage.title, stage.points, "not done", stage.file, NOT_DONE, checks)
    line = f"Not handed in: no {stage.file} and no cell of the notebook holds it."
    return StageResult(number, stage.title, stage.points, "not handed in", "", line)


def make_result(name: str, *passed: int, isolation: str = "bwrap") -> SubmissionResult:
    """Make a graded submission; ``passed`` counts each stage's passed checks, -1: a stub, -2: not handed in."""
    padded = (*passed, *[-2] * (6 - len(passed)))
    stages = tuple(
        make_stage(number, count) if count >= 0 else make_empty(number, "not done" if count == -1 else "not handed in")
        for number, count in enumerate(padded, start=1)
    )
    return SubmissionResult(
        name=name,
        status="graded",
        stages=stages,
        seconds=1.25,
        isolation=isolation,
        ignored=("notes.txt", "Stage5_cmaes.py (to hand it in, name it stage5_cmaes.py)"),
        submission_hash="ab" * 32,
        checks_hash="cd" * 32,
    )


@pytest.fixture
def sample_class() -> list[SubmissionResult]:
    return [
        make_result("Ada", 4, 4, 4, 4, 4, 4),
        make_result("Bo", 4, 4, 4, 4),
        make_result("Carl_12345_assignsubmission_file_", 2, 4, 3, -1),
        make_result("Dora", 0, 1, -2, -2),
        make_result("=HYPERLINK(1)", 3, 2, 1, 0, -1, -1),
        make_result("<script>alert(1)</script>", 4, 3, 4, 2, 4),
        make_result("Éva Ångström-Nagy 名前", 4, 4, 4, 3, -2, 1),
        SubmissionResult("Fritz", "rejected", reason="The archive could not be read as a .zip (BadZipFile)."),
        SubmissionResult("Gus", "failed", reason="Traceback: secret 42"),
        *(make_result(f"student {k:02}", 1 + k % 4, k % 5, 4 - k % 3, 4 - k % 4, k % 7 - 2) for k in range(16)),
    ]
