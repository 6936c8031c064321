"""Writing the reports of a submission and of a class, and reading a submission's result back."""

from collections.abc import Sequence
from pathlib import Path

from ..results import SubmissionResult
from .atomic import sweep, write_atomic
from .classpage import to_index
from .feedback import to_feedback
from .gradescope import from_json, to_json
from .table import to_csv


def write_submission(result: SubmissionResult, folder: Path) -> None:
    """Write feedback.html and, last, results.json: a folder that has it is whole.

    Raises:
        OSError: a file could not be written; the old ones are whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    write_atomic(folder / "feedback.html", to_feedback(result))
    write_atomic(folder / "results.json", to_json(result))


def write_table(results: Sequence[SubmissionResult], out: Path) -> None:
    """Write grades.csv."""
    write_atomic(out / "grades.csv", to_csv(results))


def write_class(results: Sequence[SubmissionResult], out: Path) -> None:
    """Write grades.csv and index.html."""
    sweep(out)
    write_table(results, out)
    write_atomic(out / "index.html", to_index(results))


def read_result(folder: Path, name: str | None = None) -> SubmissionResult | None:
    """Return the result that a folder's results.json holds, None where there is none that can be read.

    Args:
        folder: the submission's folder in ``--out``.
        name: the submission's name; the folder's where it is None.
    """
    try:
        return from_json((folder / "results.json").read_text(encoding="utf-8"), folder.name if name is None else name)
    except (OSError, ValueError):
        return None
