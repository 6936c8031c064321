"""A class to grade with a stand-in for the grading itself, so that its calls can be counted."""

import csv
import io
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from grader.run import grade_class

STAGE = "stage1_forward.py"
HASH = "import grader.run; grader.run.checks_hash = lambda: 'of today'"  # the real one follows every edit
STAND_IN = """
import os, time
from pathlib import Path
from grader.results import CheckResult, StageResult, SubmissionResult

LOG = Path(__file__).with_name("log.txt")


def grade(submission, isolation):
    with LOG.open("a") as log:
        log.write(submission.name.replace("\\n", "/") + "\\n")
    words = submission.stages[1].text.decode().split() if 1 in submission.stages else ["0"]
    match words[0]:
        case "crash":
            os._exit(3)
        case "fault":
            raise ZeroDivisionError("a fault of ours")
        case "sleep":
            time.sleep(float(words[1]))
            words = ["5"]
    check = CheckResult("1.1", "A title", 20, "passed", float(words[0]))
    stages = (StageResult(1, "The forward pass", 20, "graded", "stage1_forward.py", checks=(check,)),)
    return SubmissionResult(
        submission.name, "graded", stages, "", 0.1, isolation, submission.ignored, submission.hash, "of today"
    )
"""


class School:
    """A folder of submissions, an ``--out`` folder, and a stand-in for grading that logs its calls."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder, self.out = home, home / "class", home / "grades"
        (home / "stand_in.py").write_text(STAND_IN)
        self.folder.mkdir()

    def hand_in(self, name: str, text: str) -> None:
        (self.folder / name).mkdir(exist_ok=True)
        (self.folder / name / STAGE).write_text(text)

    def grade(self, **options: object) -> tuple[int, str]:
        """Grade the class in this process; return the exit status and what was printed."""
        import stand_in

        screen = io.StringIO()
        console = Console(file=screen, width=40)
        status = grade_class(
            [self.folder], self.out, **{"jobs": 2, "grade": stand_in.grade, "console": console, **options}
        )
        return status, screen.getvalue()

    def start(self, before: str = "") -> subprocess.Popen[str]:
        """Start grading the class in a process of its own."""
        code = (
            f"import sys, stand_in\nfrom pathlib import Path\nfrom grader.run import grade_class\n{before}\n{HASH}\n"
            f"sys.exit(grade_class([Path({str(self.folder)!r})], Path({str(self.out)!r}), 2, grade=stand_in.grade))"
        )
        environment = {**os.environ, "PYTHONPATH": str(self.home)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen([sys.executable, "-c", code], env=environment, text=True, **pipes)

    def log(self) -> Counter[str]:
        path = self.home / "log.txt"
        return Counter(path.read_text().split("\n")[:-1]) if path.exists() else Counter()

    def rows(self) -> dict[str, dict[str, str]]:
        with (self.out / "grades.csv").open(newline="") as file:
            return {row["submission"]: row for row in csv.DictReader(file)}

    def finished(self) -> set[str]:
        return {path.parent.name for path in self.out.glob("*/results.json")}

    def wait_for(self, count: int) -> set[str]:
        """Wait until so many results are written; return whose they are."""
        return self._wait(self.finished, count)

    def wait_for_rows(self, count: int) -> set[str]:
        """Wait until grades.csv has so many rows; return whose they are."""
        return self._wait(lambda: set(self.rows()) if (self.out / "grades.csv").exists() else set(), count)

    def _wait(self, seen: Callable[[], set[str]], count: int) -> set[str]:
        for _ in range(1200):
            if len(names := seen()) >= count:
                return names
            time.sleep(0.05)
        raise AssertionError(f"not {count} in a minute")
