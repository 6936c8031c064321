"""The seal: the only place in which student code runs, imported by what runs submissions alone.

The levels "bwrap" and "user" need Linux; "process", which seals nothing, runs elsewhere too.
"""

from collections.abc import Mapping

from ..manifest import course
from .errors import IsolationUnavailable
from .levels import probe, start_seal
from .limits import Limits
from .student import SealedStudent

__all__ = ["IsolationUnavailable", "Limits", "SealedStudent", "open_student", "probe"]


def open_student(
    stage: int, sources: Mapping[int, bytes], isolation: str = "bwrap", limits: Limits | None = None
) -> SealedStudent:
    """Start a seal for one stage of a submission; the calling thread must live longer than it.

    Args:
        stage: the stage that is graded; of the submission only its file goes in, beside the model's others.
        sources: all stage files of the submission.
        isolation: "bwrap", "user" or "process".
        limits: the caps; None: the usual ones.

    Raises:
        IsolationUnavailable: this level can't run here.
    """
    limits = limits or Limits.of_stage(stage)
    seal, home = start_seal(stage, sources[stage], isolation, limits)

    def other(number: int) -> SealedStudent | None:
        return open_student(number, sources, isolation, limits) if number in sources else None

    return SealedStudent(course().stage(stage), seal, limits, home, other)
