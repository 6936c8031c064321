"""Reading a submission: from a folder, an archive or a notebook to the source of each stage; nothing of it is run."""

from .find import find_submissions, passed_over
from .model import Found, Rejected, StageSource, Submission, WrongCall
from .names import shown
from .read import read_submission

__all__ = [
    "Found",
    "Rejected",
    "StageSource",
    "Submission",
    "WrongCall",
    "find_submissions",
    "passed_over",
    "read_submission",
    "shown",
]
