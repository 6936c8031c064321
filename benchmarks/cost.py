"""What grading costs: CPU seconds a submission, the grader's own and those inside the seals: python benchmarks/cost.py.

Grades copies of the model answers, stages 1 to 4 and all six, in this process, so that every second can be counted.
"""

import argparse
import hashlib
import statistics
import time
from collections.abc import Mapping
from typing import Any

from grader import stage_run
from grader.manifest import course
from grader.models import answer_text
from grader.sandbox import SealedStudent
from grader.scoring import grade
from grader.submission import StageSource, Submission

GOALS = {4: 1.5, 6: 4.0}


class Counted:
    """Opens seals as the grader does and remembers them, to ask each what it has used."""

    def __init__(self) -> None:
        self.opened: list[SealedStudent] = []
        self._open = stage_run.open_student

    def __call__(
        self, stage: int, sources: Mapping[int, bytes], isolation: str = "bwrap", **more: Any
    ) -> SealedStudent:
        student = self._open(stage, sources, isolation, **more)
        self.opened.append(student)
        return student

    def seconds(self) -> float:
        """Return the CPU seconds inside the seals since the last call."""
        used = sum(student.cpu_seconds for student in self.opened)
        self.opened.clear()
        return used


def submission(stages: int, number: int) -> Submission:
    """Return the model answers of the first stages, made one of its own by a comment."""
    sources = {
        stage.number: StageSource(f"{answer_text(stage.number)}\n# {number}\n".encode(), stage.file)
        for stage in course().stages[:stages]
    }
    content = b"".join(source.text for source in sources.values())
    return Submission(f"copy-{number}", sources, (), hashlib.sha256(content).hexdigest())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=12)
    count = parser.parse_args().submissions
    counted = Counted()
    stage_run.open_student = counted  # type: ignore[assignment]
    print("| stages | submissions | CPU s, median | of these in the seals | most | goal |")
    print("| --- | --- | --- | --- | --- | --- |")
    for stages, goal in GOALS.items():
        grade(submission(stages, -1), "bwrap")  # what is loaded once is not a submission's cost
        counted.seconds()
        rows = []
        for number in range(count):
            began = time.process_time()
            result = grade(submission(stages, number), "bwrap")
            own = time.process_time() - began
            assert result.score == sum(stage.points for stage in course().stages[:stages]), result
            rows.append((own, counted.seconds()))
        totals = [own + inside for own, inside in rows]
        inside = statistics.median(inside for _, inside in rows)
        print(f"| {stages} | {count} | {statistics.median(totals):.2f} | {inside:.2f} | {max(totals):.2f} | {goal} |")


if __name__ == "__main__":
    main()
