"""What grading gives: plain dataclasses, from one check to one submission."""

from dataclasses import dataclass, field
from typing import Literal

from .kit.message import Message

SCHEMA_VERSION = 1

CheckStatus = Literal["passed", "failed", "errored"]
StageStatus = Literal["graded", "not done", "not handed in"]
SubmissionStatus = Literal["graded", "rejected", "failed"]


@dataclass(frozen=True)
class CheckResult:
    """One check: ``errored`` is the grader's own fault, with its traceback in ``error``."""

    number: str
    title: str
    max_score: float
    status: CheckStatus
    score: float
    visible: bool = False
    message: Message | None = None
    slips: tuple[str, ...] = ()
    note: str = ""
    error: str = ""


@dataclass(frozen=True)
class StageResult:
    """One stage: its ``origin`` (a file, a notebook's cell) and its checks; ``line`` says why none were run."""

    number: int
    title: str
    max_score: float
    status: StageStatus
    origin: str = ""
    line: str = ""
    checks: tuple[CheckResult, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The points of its checks."""
        return sum(check.score for check in self.checks)

    @property
    def lead(self) -> CheckResult | None:
        """The one failed check to show first: the most basic one."""
        return next((check for check in self.checks if check.status == "failed"), None)


@dataclass(frozen=True)
class SubmissionResult:
    """One submission with its stages; ``reason`` says why it was rejected or failed.

    Attributes:
        submission_hash: content hash of what was graded.
        checks_hash: content hash of the checks, the model answers and the grader that graded it.
        isolation: "bwrap", "user" or "process".
    """

    name: str
    status: SubmissionStatus
    stages: tuple[StageResult, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    isolation: str = "bwrap"
    ignored: tuple[str, ...] = ()
    submission_hash: str = ""
    checks_hash: str = ""
    schema_version: int = SCHEMA_VERSION
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """All points, the bonus included."""
        return sum(stage.score for stage in self.stages)
