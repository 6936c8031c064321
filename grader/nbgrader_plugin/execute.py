"""The preprocessor in the place of nbgrader's Execute: the stages are graded in the seal, no kernel is started."""

import re
from pathlib import Path
from typing import Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from ..hashes import checks_hash
from ..report import read_result
from ..results import StageResult, SubmissionResult
from ..sandbox import probe
from ..scoring import grade
from ..submission import Found, Rejected, read_submission

STAMP = "evolution_kit"


class SealedExecute(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Grades what was handed in and writes, into each test cell, its feedback as text and its points as a float."""

    isolation = Unicode("bwrap", help="bwrap, user or process; see python -m grader grade --help").tag(config=True)
    grades = Unicode(
        "grades", help="where python -m grader grade has written this class; results of the same content are taken over"
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill every test cell.

        Raises:
            RuntimeError: the grader itself failed; nbgrader then says so and goes on with the class.
        """
        student, assignment = resources["nbgrader"]["student"], resources["nbgrader"]["assignment"]
        converter = self.parent.parent
        folder = Path(converter.coursedir.format_path(converter.coursedir.submitted_directory, student, assignment))
        result = self._result(Found(student, folder), Path(converter.coursedir.root) / self.grades)
        if result.status == "failed":
            raise RuntimeError(f"the grader itself failed on {student}: no score was given\n{result.reason}")
        for cell in nb.cells:
            if (cell.metadata.get("nbgrader") or {}).get("grade"):
                cell.execution_count = 1
                cell.outputs = _outputs(result, cell.metadata.nbgrader.grade_id, float(cell.metadata.nbgrader.points))
        nb.metadata[STAMP] = {"submission_hash": result.submission_hash, "checks_hash": result.checks_hash}
        return nb, resources

    def _result(self, found: Found, grades: Path) -> SubmissionResult:
        """Return the result of ``python -m grader grade`` where content and checks are the same, else grade now."""
        try:
            submission = read_submission(found)
        except Rejected as reason:
            return SubmissionResult(found.name, "rejected", reason=str(reason), checks_hash=checks_hash())
        for earlier in (read_result(grades / found.name),):
            same = earlier is not None and (earlier.submission_hash, earlier.checks_hash, earlier.isolation) == (
                submission.hash, checks_hash(), self.isolation
            )  # fmt: skip
            if earlier is not None and same and earlier.status == "graded":
                self.log.info("%s: taken over from %s", found.name, grades)
                return earlier
        probe(self.isolation)
        return grade(submission, self.isolation)


def _outputs(result: SubmissionResult, grade_id: str, points: float) -> list[Any]:
    """Return a test cell's outputs: lines of feedback, and last the points as nbgrader reads them."""
    number = re.search(r"stage(\d)", grade_id)
    stage = next((stage for stage in result.stages if number and stage.number == int(number[1])), None)
    text = feedback(stage) if stage is not None else f"not graded: {result.reason}\n"
    earned = min(round(float(stage.score), 6), points) if stage is not None else 0.0
    return [
        new_output("stream", name="stdout", text=text),
        new_output("execute_result", data={"text/plain": repr(earned)}, execution_count=1),
    ]


def feedback(stage: StageResult) -> str:
    """Return a stage's feedback as plain text: the lead message first, then a line a check."""
    lines = [f"Stage {stage.number}: {stage.title}: {stage.score:g} of {stage.max_score:g} points"]
    lines += [stage.line] if stage.line else []
    lines += stage.remarks
    if not stage.line:
        if stage.lead is not None and stage.lead.message is not None:
            lines += ["", f"First: {stage.lead.number} {stage.lead.title}", stage.lead.message.text(), ""]
        for check in stage.checks:
            lines.append(f"{check.number} {check.title}: {check.status}, {check.score:g} of {check.max_score:g}")
            if check.message is not None and check is not stage.lead:
                lines += [f"    {line}" for line in check.message.text().splitlines()]
    return "\n".join(lines) + "\n"
