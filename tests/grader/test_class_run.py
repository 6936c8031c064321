"""A class: rows, resume, kills, locks. The grading itself is a stand-in here, so that its calls can be counted."""

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from grader.progress import Progress
from grader.report import result_folder
from grader.run import INTERRUPTED, STOPPED, grade_class
from grader.submission import WrongCall

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


class Class:
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
        for _ in range(1200):
            if len(self.finished()) >= count:
                return self.finished()
            time.sleep(0.05)
        raise AssertionError("no result was written in a minute")


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("grader.run.checks_hash", lambda: "of today")
    sys.modules.pop("stand_in", None)
    return Class(tmp_path)


def test_every_submission_has_a_row_sorted_by_name(school: Class) -> None:
    for name, text in (("bob", "7.5"), ("alice", "20"), ("zoe", "0")):
        school.hand_in(name, text)
    (school.folder / "empty").mkdir()
    (school.folder / "broken.zip").write_text("no archive")
    (school.folder / "notes.txt").write_text("")
    status, screen = school.grade()
    rows = school.rows()
    assert status == 0
    assert list(rows) == ["alice", "bob", "broken", "empty", "zoe"]
    assert [row["score"] for row in rows.values()] == ["20", "7.5", "0", "0", "0"]
    assert rows["broken"]["status"] == "rejected" and "broken: rejected" in screen
    assert "notes.txt" in screen and "Isolation: bwrap" in screen and "index.html" in screen
    for name in rows:
        assert {path.name for path in (school.out / name).iterdir()} == {"results.json", "feedback.html"}


def test_a_second_call_grades_nothing_again(school: Class) -> None:
    school.hand_in("alice", "20")
    school.hand_in("bob", "10")
    school.grade()
    first = (school.out / "grades.csv").read_bytes()
    status, screen = school.grade()
    assert status == 0 and "2 as graded before" in screen
    assert school.log() == {"alice": 1, "bob": 1}
    assert (school.out / "grades.csv").read_bytes() == first


def test_fresh_grades_all_again(school: Class) -> None:
    school.hand_in("alice", "20")
    school.grade()
    school.grade(fresh=True)
    assert school.log() == {"alice": 2}


def test_only_what_changed_is_graded_again(school: Class) -> None:
    school.hand_in("alice", "20")
    school.hand_in("bob", "10")
    school.grade()
    school.hand_in("bob", "15")
    school.hand_in("carol", "1")
    school.grade()
    assert school.log() == {"alice": 1, "bob": 2, "carol": 1}
    assert school.rows()["bob"]["score"] == "15"


def test_another_file_beside_the_stages_is_named_without_grading_again(school: Class) -> None:
    school.hand_in("alice", "20")
    school.grade()
    (school.folder / "alice" / "diary.txt").write_text("")
    school.grade()
    assert school.log() == {"alice": 1}
    assert "diary.txt" in (school.out / "alice" / "feedback.html").read_text()


def test_other_checks_or_another_isolation_grade_again(school: Class) -> None:
    school.hand_in("alice", "20")
    school.grade()
    path = school.out / "alice" / "results.json"
    table = json.loads(path.read_text())
    table["extra_data"]["checks_hash"] = "of last year"
    path.write_text(json.dumps(table))
    school.grade()
    school.grade(isolation="process")
    assert school.log() == {"alice": 3}


def test_a_damaged_result_is_graded_again(school: Class) -> None:
    school.hand_in("alice", "20")
    school.grade()
    (school.out / "alice" / "results.json").write_text('{"score": 100')
    school.grade()
    assert school.log() == {"alice": 2}


def test_a_fault_of_the_grader_costs_no_points_and_is_tried_again(school: Class) -> None:
    school.hand_in("alice", "20")
    school.hand_in("bob", "fault")
    status, screen = school.grade()
    assert status == 0
    assert school.rows()["bob"]["status"] == "failed" and school.rows()["bob"]["score"] == ""
    assert "ZeroDivisionError: a fault of ours" in screen and "Traceback" in screen
    assert "ZeroDivisionError" not in (school.out / "bob" / "results.json").read_text()
    school.hand_in("bob", "10")
    school.grade()
    assert school.rows()["bob"]["score"] == "10" and school.log() == {"alice": 1, "bob": 2}


def test_a_worker_that_dies_takes_nobody_else_with_it(school: Class) -> None:
    for name, text in (("a", "crash"), ("b", "1"), ("c", "crash"), ("d", "2"), ("e", "3")):
        school.hand_in(name, text)
    status, screen = school.grade()
    assert status == 0 and "exit code 3" in screen
    assert [row["status"] for row in school.rows().values()] == ["failed", "graded", "failed", "graded", "graded"]


def test_rows_are_those_of_the_call_and_other_results_stay(school: Class) -> None:
    school.hand_in("alice", "20")
    school.hand_in("bob", "10")
    school.grade()
    grade_class([school.folder / "bob"], school.out, console=Console(file=io.StringIO()))
    assert list(school.rows()) == ["bob"]
    assert (school.out / "alice" / "results.json").is_file()
    school.grade()
    assert list(school.rows()) == ["alice", "bob"] and school.log()["alice"] == 1


def test_names_of_every_kind_get_their_own_row_and_folder(school: Class) -> None:
    names = ["index.html", "index.html_", "grades.csv", ".lock", "=1+1", "--out", "<b>", "a\nb", "名前", "x" * 255]
    names += [os.fsdecode(b"\xff\xfe"), "[red]", "a'b\"c", "-rf", " ", "\x1b[31m"]
    for name in names:
        school.hand_in(name, "20")
    status, screen = school.grade()
    rows = school.rows()
    assert status == 0 and len(rows) == len(names)
    assert {"'=1+1", "'--out", "<b>", "名前", "index.html", ".lock"} <= set(rows)
    assert "\x1b" not in screen and "[red]" in screen
    assert len({result_folder(name) for name in names}) == len(names)
    assert all((school.out / result_folder(name) / "results.json").is_file() for name in names)
    assert (school.out / "index.html").is_file() and (school.out / "grades.csv").is_file()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_run_resumes_where_it_stopped(school: Class) -> None:
    for number in range(8):
        school.hand_in(f"student{number}", "sleep 0.4")
    process = school.start()
    school.wait_for(3)
    process.kill()
    process.communicate()
    time.sleep(1.0)  # the workers see that they are alone and end
    done, begun = school.finished(), school.log()
    time.sleep(0.8)
    assert school.log() == begun, "a worker outlived the run"
    assert 3 <= len(done) < 8
    assert set(school.rows()) <= done
    status, _ = school.grade()
    assert status == 0 and len(school.rows()) == 8
    assert {name: school.log()[name] for name in done} == dict.fromkeys(done, 1)
    assert not list(school.out.rglob("*.tmp"))


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_its_rows_and_leaves_no_process(school: Class, number: signal.Signals) -> None:
    for place in range(6):
        school.hand_in(f"student{place}", "sleep 0.4" if place < 2 else "sleep 60")
    process = school.start()
    done = school.wait_for(2)
    process.send_signal(number)
    screen, _ = process.communicate(timeout=30)
    assert process.returncode == INTERRUPTED
    assert "Interrupted: 2 of 6" in screen and "Traceback" not in screen
    assert set(school.rows()) == done
    assert (school.out / "index.html").is_file()
    alive = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(school.home) not in alive


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_two_runs_on_the_same_out_at_once_are_refused(school: Class) -> None:
    school.hand_in("alice", "sleep 0.1")
    school.hand_in("bob", "sleep 60")
    process = school.start()
    school.wait_for(1)
    with pytest.raises(WrongCall, match="another run"):
        school.grade()
    process.kill()
    process.communicate()
    school.hand_in("bob", "10")
    assert school.grade()[0] == 0  # the lock went with its holder


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
def test_a_disk_that_is_full_gives_one_clear_line_and_leaves_old_files_whole(school: Class) -> None:
    school.hand_in("alice", "20")
    school.grade()
    before = {path: path.read_bytes() for path in school.out.rglob("*") if path.is_file()}
    school.hand_in("bob", "10")
    process = school.start("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))")
    screen, _ = process.communicate(timeout=60)
    assert process.returncode == STOPPED
    assert "Traceback" not in screen and "damaged" in screen and "File too large" in screen
    assert {path: path.read_bytes() for path in before} == before
    assert not list(school.out.rglob("*.tmp"))
    assert school.grade()[0] == 0 and list(school.rows()) == ["alice", "bob"]


@pytest.mark.parametrize("out", ["class", "class/grades", "class/alice", "class/alice/x/y", "class/../class/x"])
def test_an_out_inside_the_submissions_is_refused(school: Class, out: str) -> None:
    school.hand_in("alice", "20")
    with pytest.raises(WrongCall, match="inside the submissions"):
        grade_class([school.folder], school.home / out)
    assert sorted(path.name for path in school.folder.rglob("*")) == ["alice", STAGE]


def test_an_out_that_would_write_into_a_submission_is_refused(school: Class) -> None:
    school.hand_in("alice", "20")
    with pytest.raises(WrongCall, match="into the submission"):
        grade_class([school.folder / "alice"], school.folder)


def test_a_timing_check_waits_for_another(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom grader.quiet import quiet\nwith quiet():\n"
        "    print('in', time.monotonic_ns(), flush=True)\n    time.sleep(0.3)\n    print('out', time.monotonic_ns())"
    )
    environment = {**os.environ, "EVOLUTION_GRADER_QUIET": str(tmp_path)}
    command = [sys.executable, "-c", code]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    lines = [line.split() for process in both for line in process.communicate()[0].splitlines()]
    assert [word for word, _ in sorted(lines, key=lambda line: int(line[1]))] == ["in", "out"] * 3


def test_a_timing_check_runs_where_no_lock_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.quiet import quiet

    monkeypatch.setenv("EVOLUTION_GRADER_QUIET", "/absent/folder")
    with quiet():
        pass


@pytest.mark.parametrize("width", [40, 100])
def test_the_live_table_fits_its_terminal_and_shows_names_as_text(width: int) -> None:
    screen = io.StringIO()
    progress = Progress(Console(file=screen, width=width, force_terminal=True, color_system=None), 12)
    for name in ("Name_12345_assignsubmission_file_of_a_long_name", "[red]bob", "\x1b[31m"):
        progress.begin(name)
    progress.graded, progress.faults = 3, 1
    progress.console.print(progress.table())
    lines = screen.getvalue().splitlines()
    assert "3 of 12 done, 1 fault of the grader" in lines[0]
    assert max(map(len, lines)) <= width
    assert all(line.endswith(" s") for line in lines[-3:]) and lines[-2].startswith("[red]bob")
    assert "\x1b" not in screen.getvalue()


def descendants(parent: int) -> dict[int, str]:
    """Return the processes that a process has started, directly or not, each with the time it began."""
    children: dict[int, list[int]] = {}
    begun: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = entry.read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
            begun[int(entry.parent.name)] = fields[19]
    found, todo = {}, [parent]
    while todo:
        for child in children.get(todo.pop(), []):
            found[child] = begun[child]
            todo.append(child)
    return found


def still_there(process: int, began: str) -> bool:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return fields[0] != "Z" and fields[19] == began
    return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the seal is Linux only")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_ended_run_takes_its_seals_with_it(school: Class, number: signal.Signals) -> None:
    school.hand_in("alice", "def forward(x, params):\n    while True:\n        pass\n")
    school.hand_in("bob", "import time\ntime.sleep(1000)\n")
    command = [sys.executable, "-m", "grader", "grade", str(school.folder), "--out", str(school.out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seals: dict[int, str] = {}
    for _ in range(600):
        seals = descendants(process.pid)
        if sum(b"bwrap" in command_of(child) for child in seals) >= 2:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("no seal was started in half a minute")
    process.send_signal(number)
    process.wait(30)
    for _ in range(100):
        left = [child for child, began in seals.items() if still_there(child, began)]
        if not left:
            break
        time.sleep(0.05)
    assert not left


def command_of(process: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""
