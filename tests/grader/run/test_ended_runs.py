"""A run that is killed or interrupted: its rows stay, and nothing that it started goes on."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from school import School

from grader.run import INTERRUPTED


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_run_resumes_where_it_stopped(school: School) -> None:
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


def test_what_a_killed_write_left_is_removed(school: School) -> None:
    school.hand_in("student", "")
    assert school.grade()[0] == 0
    leftovers = [folder / ".writing-abc.tmp" for folder in (school.out, school.out / "student")]
    for leftover in leftovers:
        leftover.write_text("half a fi")
    assert school.grade()[0] == 0
    assert not any(leftover.exists() for leftover in leftovers)


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_its_rows_and_leaves_no_process(school: School, number: signal.Signals) -> None:
    for place in range(6):
        school.hand_in(f"student{place}", "sleep 0.4" if place < 2 else "sleep 60")
    process = school.start()
    done = school.wait_for_rows(2)
    process.send_signal(number)
    screen, _ = process.communicate(timeout=30)
    assert process.returncode == INTERRUPTED
    assert "Interrupted: 2 of 6" in screen and "Traceback" not in screen
    assert set(school.rows()) == done
    assert (school.out / "index.html").is_file()
    alive = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(school.home) not in alive


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("fresh", [False, True])
def test_an_interrupted_run_counts_what_it_has_done_itself(school: School, fresh: bool) -> None:
    for name in ("alice", "bob", "carol"):
        school.hand_in(name, "20")
    school.grade()
    for name in ("bob", "carol"):
        school.hand_in(name, "sleep 60")
    process = school.start(f"from functools import partial\ngrade_class = partial(grade_class, fresh={fresh})")
    for _ in range(600):
        if school.log()["bob"] == 2 == school.log()["carol"]:  # with two jobs, only once alice is done
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    screen, _ = process.communicate(timeout=30)
    assert "Interrupted: 1 of 3 submissions are done." in screen
    again = "again without --fresh: what is done stands" if fresh else "again: it grades only the others."
    assert again in screen
    assert len(school.rows()) == 3


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_ctrl_c_while_the_workers_start_shows_no_traceback(school: School) -> None:
    """A terminal sends it to the whole process group; as soon as a worker is there, and a little later."""
    school.hand_in("alice", "x = 1\n")
    command = [sys.executable, "-m", "grader", "grade", str(school.folder), "--out", str(school.out), "--fresh"]
    for later in (0.0, 0.1, 0.3, 0.5, 0.7):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        for _ in range(3000):
            if any(b"spawn_main" in command_of(child) for child in descendants(process.pid)):
                break
            time.sleep(0.01)
        time.sleep(later)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        screen, _ = process.communicate(timeout=60)
        assert b"Traceback" not in screen, screen.decode()
        assert process.returncode in (0, INTERRUPTED)


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


def command_of(process: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the seal is Linux only")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_ended_run_takes_its_seals_with_it(school: School, number: signal.Signals) -> None:
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
