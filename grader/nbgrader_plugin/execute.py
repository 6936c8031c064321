"""The preprocessor in the place of nbgrader's Execute: writes each stage's result into its test cell; runs nothing."""

import json
from typing import Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from ..manifest import course
from ..report.gradescope import to_json
from ..report.words import clean
from ..results import StageResult, SubmissionResult
from .autograde import STAMP


class SealedExecute(NbGraderPreprocessor):
    """Writes into each test cell its feedback as text and, last, its points as a float."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill the test cells."""
        result = self.parent.parent.result(resources["nbgrader"]["student"])
        numbers = {f"test_{stage.module}": stage.number for stage in course().stages}
        for cell in nb.cells:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("grade_id") in numbers:
                cell.execution_count = 1
                cell.outputs = _outputs(result, numbers[mark.grade_id], float(mark.points))
        nb.metadata[STAMP] = {
            "submission_hash": result.submission_hash,
            "checks_hash": result.checks_hash,
            "isolation": result.isolation,
            "result": json.loads(to_json(result)),
        }
        return nb, resources


def _outputs(result: SubmissionResult, number: int, points: float) -> list[Any]:
    """Return a test cell's outputs: lines of feedback, and last the points as nbgrader reads them."""
    stage = next((stage for stage in result.stages if stage.number == number), None)
    text = as_lines(stage) if stage is not None else f"Not graded. {result.reason}\n"
    earned = min(round(float(stage.score), 6), points) if stage is not None else 0.0
    return [
        new_output("stream", name="stdout", text=clean(text, limit=20_000)),
        new_output("execute_result", data={"text/plain": repr(earned)}, execution_count=1),
    ]


def as_lines(stage: StageResult) -> str:
    """Return a stage's feedback as plain text: the lead message first, then a line a check."""
    lines = [f"Stage {stage.number}, {stage.title}: {stage.score:g} of {stage.max_score:g} points"]
    lines += [f"Graded: {stage.origin}"] if stage.origin else []
    lines += [stage.line] if stage.line else []
    lines += stage.remarks
    if not stage.line:
        lead = stage.lead
        if lead is not None and lead.message is not None:
            lines += ["", f"First: {lead.number} {lead.title}", *_indented(lead.message.text()), ""]
        for check in stage.checks:
            lines.append(f"{check.number} {check.title}: {check.status}, {check.score:g} of {check.max_score:g}")
            shown = check.message is not None and check.status == "failed" and check is not lead
            lines += _indented(check.message.text()) if shown and check.message is not None else []
            lines += _indented(check.note) if check.note else []
    return "\n".join(lines) + "\n"


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]
