"""nbgrader's Autograde with the seal: every hand-in is graded, whatever it is made of, and what changed again."""

import glob
import json
import os
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NoReturn

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, BaseConverter, NbGraderException
from nbgrader.utils import rmtree
from traitlets import Integer, Unicode

from ..hashes import checks_hash
from ..manifest import course
from ..report.feedback import ISOLATION
from ..results import SubmissionResult
from ..run import cores
from ..sandbox import IsolationUnavailable, probe
from ..submission import Found, WrongCall
from ..submission.files import Unreadable, read_regular
from .dates import TIMESTAMP
from .grading import grade_folders

STAMP = "evolution_kit"  # the key of the notebook's metadata under which its result stands


class _OnlyWhatIsGraded(BaseConverter):
    """Copies of a hand-in its stage files and nothing else; no link is followed."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Make the destination, with copies of what is graded beside the notebook."""
        source = Path(self._format_source(assignment_id, student_id))
        destination = Path(self._format_dest(assignment_id, student_id))
        destination.mkdir(parents=True, exist_ok=True)
        for name in (*(stage.file for stage in course().stages), TIMESTAMP):
            try:
                content = read_regular(source / name)
            except Unreadable:
                continue
            if name != TIMESTAMP or self.coursedir.get_existing_timestamp(str(source)) is not None:
                (destination / name).write_bytes(content)


class SealedAutograde(Autograde, _OnlyWhatIsGraded):
    """Grades in the seal, on all cores, and then writes what nbgrader keeps: notebook and gradebook."""

    isolation = Unicode("bwrap", help="bwrap, user or process; see python -m grader grade --help").tag(config=True)
    grades = Unicode("grades", help="where results are kept, as by python -m grader grade --out").tag(config=True)
    jobs = Integer(0, help="how many hand-ins are graded at a time; 0: one a core").tag(config=True)

    def start(self) -> None:
        """Grade and convert all hand-ins; of the course's files only the pictures go with them: nothing runs there."""
        source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", course().name))
        files = (path.relative_to(source) for path in source.rglob("*") if path.is_file())
        kept_out = [str(path) for path in files if path.parts[0] != "assets"]
        self.exclude_overwriting: dict[str, list[str]] = {**self.exclude_overwriting, course().name: kept_out}
        super().start()

    def init_notebooks(self) -> None:
        """Find the hand-ins: every folder counts, also one without a notebook.

        Raises:
            NbGraderException: there are none, or the assignment is another one.
        """
        name, asked = course().name, self.coursedir.assignment_id
        if asked != name or not fnmatchcase(name, self.coursedir.notebook_id):
            self._stop(
                f"This course folder grades the assignment {name!r} and its notebook, and was asked for {asked!r}."
            )
        pattern = self._format_source(name, self.coursedir.student_id)
        folders = [folder for folder in sorted(glob.glob(pattern)) if os.path.isdir(folder)]
        if not folders:
            self._stop(f"No hand-ins in {pattern}. Put each into a folder submitted/<student>/{name}/.")
        self.assignments = {folder: [os.path.join(folder, f"{name}.ipynb")] for folder in folders}
        self.notebooks: list[str] = []

    def convert_notebooks(self) -> None:
        """Grade, then let nbgrader convert what is new.

        Raises:
            NbGraderException: nothing could be graded, or the grader failed on a hand-in; the others are done.
        """
        if self.isolation not in ISOLATION:
            self._stop(f"There is no isolation {self.isolation!r}. Expected: {', '.join(ISOLATION)}.")
        self._check_test_cells()
        found = [Found(self._student(folder), Path(folder)) for folder in self.assignments]
        standing = (
            {} if self.force else {item.name: self._stamp(item.name).get("submission_hash", "") for item in found}
        )
        try:
            probe(self.isolation)
            self._results = grade_folders(
                found, Path(self.coursedir.root) / self.grades, self.isolation, self.jobs or cores(),
                self.log.info, standing,
            )  # fmt: skip
        except (WrongCall, IsolationUnavailable) as reason:
            self._stop(str(reason))
        super().convert_notebooks()

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Return whether a hand-in is to be converted; what was graded from other content or checks goes first."""
        result = self._results[student_id]
        stamp = self._stamp(student_id)
        destination = self._format_dest(assignment_id, student_id)
        now = {} if result is None else {"submission_hash": result.submission_hash, "checks_hash": checks_hash()}
        if os.path.isdir(destination) and any(stamp.get(key) != value for key, value in now.items()):
            self.log.warning("Grading again, since the hand-in or the checks changed: %s", student_id)
            rmtree(destination)
        converted = super().init_destination(assignment_id, student_id)
        if converted and result is None:  # only its date is new
            self._results |= grade_folders(
                [Found(student_id, Path(self._format_source(assignment_id, student_id)))],
                Path(self.coursedir.root) / self.grades, self.isolation, 1, self.log.info, {},
            )  # fmt: skip
        return bool(converted)

    def result(self, student: str) -> SubmissionResult:
        """Return the result of a hand-in.

        Raises:
            RuntimeError: the grader itself failed on it; nbgrader says so and goes on with the class.
        """
        result = self._results[student]
        if result is None or result.status == "failed":
            raise RuntimeError(
                f"The grader itself failed on {student}: there is no score, and none was taken. Grade it again.\n"
                f"{result.reason if result else ''}"
            )
        return result

    def _student(self, folder: str) -> str:
        match = re.match(self._format_source(course().name, "(?P<student>.*)", escape=True), folder)
        if match is None:
            self._stop(f"{folder} is not where hand-ins are: submitted/<student>/{course().name}/.")
        return match["student"]

    def _stamp(self, student: str) -> dict[str, Any]:
        """Return what an autograded notebook says of its grading, {} where there is none under today's checks."""
        path = Path(self._format_dest(course().name, student)) / f"{course().name}.ipynb"
        try:
            stamp = json.loads(path.read_text(encoding="utf-8"))["metadata"][STAMP]
            return dict(stamp) if (stamp["checks_hash"], stamp["isolation"]) == (checks_hash(), self.isolation) else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _check_test_cells(self) -> None:
        """Refuse a notebook with test cells that would need a kernel."""
        known = {f"test_{stage.module}" for stage in course().stages}
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                notebook = gradebook.find_notebook(course().name, course().name)
            except MissingEntry:
                self._stop(f"The gradebook has no such assignment yet: nbgrader generate_assignment {course().name}")
            solutions = {cell.name for cell in notebook.solution_cells}
            unknown = sorted({cell.name for cell in notebook.grade_cells} - solutions - known)
        if unknown:
            self._stop(
                f"The notebook has test cells that only a kernel could run: {', '.join(unknown)}.\n"
                "Student code runs in none. Have them graded by hand, or write checks for them in grader/checks/."
            )

    def _stop(self, reason: str) -> NoReturn:
        self.log.error(reason)
        raise NbGraderException(reason)
