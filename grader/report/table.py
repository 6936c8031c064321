"""grades.csv: one row a submission, sorted by name."""

import csv
import io
from collections.abc import Iterable

from ..manifest import course
from ..results import SubmissionResult
from .gradescope import stage_score
from .words import cell_name, number


def to_csv(results: Iterable[SubmissionResult]) -> str:
    """Return the text of grades.csv; the score cells of a submission on which the grader failed are empty."""
    stages = course().stages
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        ["submission", "score", "max_score", *(f"stage{stage.number}" for stage in stages), "status", "seconds"]
    )
    for result in sorted(results, key=lambda result: result.name):
        failed = result.status == "failed"
        points = [result.score, *(stage_score(result, stage.number) for stage in stages)]
        score, *each = ("" if failed else number(value) for value in points)
        row = [cell_name(result.name), score, number(course().max_score), *each, result.status]
        writer.writerow([*row, f"{result.seconds:.2f}"])
    return file.getvalue()
