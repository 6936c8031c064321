"""Autograding a class of twelve: nbgrader's own Execute beside the seal. python benchmarks/autograde_class.py

nbgrader runs each notebook in a kernel, its test cells the visible checks; the seal runs those and the hidden checks.
The first of nbgrader's times is of the course's whole notebook, the second of one with nothing but the exercises.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from grader.build import course_folder
from grader.manifest import course
from grader.models import answer_text

HOUSE = Path(__file__).resolve().parent.parent
PLAIN = """c = get_config()
c.CourseDirectory.course_id = "evolution"
c.Execute.timeout = 600
c.Execute.iopub_timeout = 60  # its own 4 seconds lose a hand-in on a busy machine
"""
# Which stages each of the twelve has done; what is not done stands as it was handed out.
CLASS = ((1, 2, 3, 4, 5, 6),) * 3 + ((1, 2, 3, 4),) * 3 + ((1, 2),) * 3 + ((1,),) * 2 + ((),)


def main() -> None:
    """Measure and print a table."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            ("nbgrader, the course's notebook", autograde(Path(folder) / "whole", sealed=False, bare=False)),
            ("nbgrader, only the exercises", autograde(Path(folder) / "bare", sealed=False, bare=True)),
            ("the seal", autograde(Path(folder) / "sealed", sealed=True, bare=False)),
        ]
    for label, (seconds, points) in rows:
        print(f"{label:<34} {seconds:7.1f} s  {seconds / len(CLASS):5.1f} s a hand-in  {points:g} points")


def autograde(folder: Path, sealed: bool, bare: bool) -> tuple[float, float]:
    """Return how many seconds ``nbgrader autograde`` takes over the class, and all points it gives."""
    for name, content in course_folder().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    root = folder / "course"
    source = root / "source" / "evolution" / "evolution.ipynb"
    if bare:
        nb = json.loads(source.read_text(encoding="utf-8"))
        nb["cells"] = [nb["cells"][1], *(cell for cell in nb["cells"] if "nbgrader" in cell["metadata"])]
        source.write_text(json.dumps(nb), encoding="utf-8")
    if not sealed:
        (root / "nbgrader_config.py").write_text(PLAIN)
    nbgrader(root, "generate_assignment", "evolution")
    for place, done in enumerate(CLASS):
        hand_in(root, f"student-{place:02}", done)
    began = time.perf_counter()
    nbgrader(root, "autograde", "evolution")
    seconds = time.perf_counter() - began
    nbgrader(root, "export", "--to=points.csv")
    head, *lines = [line.split(",") for line in (root / "points.csv").read_text().splitlines()]
    return seconds, sum(float(line[head.index("raw_score")]) for line in lines)


def hand_in(root: Path, student: str, done: tuple[int, ...]) -> None:
    """Write the released notebook with the answers of some stages."""
    nb: dict[str, Any] = json.loads((root / "release/evolution/evolution.ipynb").read_text(encoding="utf-8"))
    for cell in nb["cells"]:
        for stage in (course().stage(number) for number in done):
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == stage.module:
                cell["source"] = f"%%writefile {stage.file}\n{answer_text(stage.number)}"
    folder = root / "submitted" / student / "evolution"
    folder.mkdir(parents=True)
    (folder / "evolution.ipynb").write_text(json.dumps(nb), encoding="utf-8")


def nbgrader(root: Path, *words: str) -> None:
    """Run a command in the course folder; show what it said where it fails."""
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=root, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        why = done.stderr[done.stderr.find("Traceback") :][:4000]
        raise SystemExit(f"nbgrader {' '.join(words)} ended with {done.returncode}:\n{why}")


if __name__ == "__main__":
    main()
