"""``nbgrader export``: a row a student, a column a stage, quoted as CSV wants it."""

import csv
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin

from ..manifest import course
from ..report.words import cell_name

# nbgrader's own columns, in its order; a stage's columns follow
COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


class StageExport(ExportPlugin):
    """Writes the course's scores; ``max_score`` is the course's 100, where nbgrader counts the bonus in (120)."""

    def export(self, gradebook: Any) -> None:
        """Write a row for each student of the gradebook to ``self.to`` (grades.csv)."""
        destination = self.to or "grades.csv"
        stages = [stage.module for stage in course().stages]
        wanted, students = {str(name) for name in self.assignment}, {str(name) for name in self.student}
        with open(destination, "w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow([*COLUMNS, *(f"stage{stage.number}" for stage in course().stages)])
            for assignment in gradebook.assignments:
                for student in gradebook.students:
                    if (not wanted or assignment.name in wanted) and (not students or student.id in students):
                        row = _row(gradebook, assignment, student, stages)
                        table.writerow([cell_name(cell) if isinstance(cell, str) else cell for cell in row])
        self.log.info("Exported to %s. max_score is %g: the bonus is not counted in.", destination, course().max_score)


def _row(gradebook: Any, assignment: Any, student: Any, stages: list[str]) -> list[Any]:
    names = [student.id, student.last_name or "", student.first_name or "", student.email or ""]
    scores = dict.fromkeys(stages, 0.0)
    timestamp, raw, penalty = "", 0.0, 0.0
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        submission = None
    if submission is not None:
        timestamp, raw = str(submission.timestamp or ""), submission.score
        penalty = submission.late_submission_penalty or 0.0
        for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
            name = grade.name.removeprefix("test_")
            if name in scores:
                scores[name] = grade.score
    points = [
        round(value, 6) for value in (raw, penalty, max(0.0, raw - penalty), course().max_score, *scores.values())
    ]
    return [assignment.name, str(assignment.duedate or ""), timestamp, *names, *points]
