"""``nbgrader export``: a row a student, a column a stage, quoted as CSV wants it."""

import csv
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin

from ..manifest import course
from ..report.cells import safe_cell

COLUMNS = (
    "student_id",
    "last_name",
    "first_name",
    "email",
    "timestamp",
    "raw_score",
    "late_penalty",
    "score",
    "max_score",
)


class StageExport(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Writes the course's scores; ``max_score`` is the course's 100, where nbgrader counts the bonus in (120)."""

    def export(self, gradebook: Any) -> None:
        """Write one row for each student of the gradebook to ``self.to`` (grades.csv)."""
        destination = self.to or "grades.csv"
        stages = [f"stage{stage.number}" for stage in course().stages]
        with open(destination, "w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["assignment", *COLUMNS, *stages])
            for assignment in gradebook.assignments:
                if self.assignment and assignment.name not in self.assignment:
                    continue
                for student in gradebook.students:
                    if not self.student or student.id in self.student:
                        table.writerow([safe_cell(cell) for cell in _row(gradebook, assignment.name, student, stages)])
        self.log.info("Exported to %s; max_score is %g, the bonus not counted", destination, course().max_score)


def _row(gradebook: Any, assignment: str, student: Any, stages: list[str]) -> list[Any]:
    names = [student.id, student.last_name, student.first_name, student.email]
    try:
        submission = gradebook.find_submission(assignment, student.id)
    except MissingEntry:
        return [assignment, *names, "", 0.0, 0.0, 0.0, course().max_score, *(0.0 for _ in stages)]
    penalty = submission.late_submission_penalty or 0.0
    scores = dict.fromkeys(stages, 0.0)
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            stage = next((name for name in stages if name in grade.name), None)
            if stage is not None:
                scores[stage] += grade.score
    total = max(0.0, submission.score - penalty)
    return [
        assignment, *names, submission.timestamp, submission.score, penalty, total, course().max_score, *scores.values()
    ]  # fmt: skip
