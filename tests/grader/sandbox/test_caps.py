"""Every cap of a seal: passing it ends the whole tree at once, and the fault says which cap and near which line."""

import os
import time
from collections.abc import Callable

import pytest
from passed_caps import CAPS, HEAD, MB

from grader.kit.student import StudentRaised, StudentStopped
from grader.sandbox import SealedStudent, processes

Open = Callable[..., SealedStudent]


def living(tree: list[processes.Process]) -> list[processes.Process]:
    now = [(one, processes.process(one.pid)) for one in tree]
    return [one for one, same in now if same and same.started == one.started]


@pytest.mark.parametrize("name", CAPS)
def test_passing_a_cap_ends_the_seal_and_says_which(opened: Open, name: str) -> None:
    cap, body, line, limits = CAPS[name]
    student = opened(HEAD + body + "\n", **limits)
    with pytest.raises(StudentStopped) as seen:
        student.call("f")
    assert seen.value.cap == cap, str(seen.value)
    assert student.closed
    if line is not None:
        assert f"line {line} of stage1_forward.py" in seen.value.message.look


def test_calls_that_each_take_their_time_use_up_the_stage_s(opened: Open) -> None:
    student = opened(HEAD + "time.sleep(0.15)\n", idle=0.2)
    with pytest.raises(StudentStopped) as seen:
        for _ in range(30):
            student.call("f")
    assert seen.value.cap == "time"


def test_nothing_of_a_seal_lives_on_after_a_cap(opened: Open) -> None:
    student = opened("""
        import os, signal, time
        def tree():
            for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(sign, signal.SIG_IGN)
            for way in ("daemon", "stopped", "busy"):
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        if way == "stopped": os.kill(os.getpid(), signal.SIGSTOP)
                        while way == "busy": pass
                        time.sleep(600)
                    os._exit(0)
            return os.getpid()
        def f(): time.sleep(600)
    """)
    student.call("tree")
    watch = student._seal.watch
    time.sleep(0.1)
    tree = watch.look()
    assert len(tree) >= 5
    student._limits = type(student._limits)(idle=0.3, cpu=0.2)
    with pytest.raises(StudentStopped):
        student.call("f")
    assert not living(tree)


def test_what_ran_out_of_time_before_gets_less_of_it(opened: Open) -> None:
    memo: dict[str, object] = {}
    for seconds in ("0.5", "0.25", "0.05", "0.05"):
        student = opened("def f():\n    while True: pass\ndef g(): return 1", cpu=0.5)
        student.memo = memo
        with pytest.raises(StudentStopped, match=f"nothing in {seconds} seconds of processor time"):
            student.call("f")
    student = opened("def f(): pass\ndef g():\n    while True: pass", cpu=0.5)
    student.memo = memo
    with pytest.raises(StudentStopped, match="nothing in 0\\.5 seconds"):
        student.call("g")


def test_an_import_that_was_stopped_is_not_tried_again(opened: Open) -> None:
    memo: dict[str, object] = {}
    for cpu in (0.3, 60.0):
        student = opened("while True: pass", cpu=cpu)
        student.memo = memo
        with pytest.raises(StudentStopped, match="nothing in 0\\.3 seconds"):
            student.call("f")
        assert student.closed


def test_closing_a_seal_ends_daemons_too(opened: Open) -> None:
    student = opened("import os, time\ndef f(): os.fork() or (os.setsid(), time.sleep(600))\n")
    student.call("f")
    tree = student._seal.watch.look()
    student.close()
    assert len(tree) == 3 and not living(tree)
    assert student.cpu_seconds > 0


def test_memory_is_watched_between_calls_too(opened: Open) -> None:
    student = opened(
        """
        import os, time
        import numpy as np
        def f():
            for _ in range(4):
                if os.fork() == 0: b = np.ones(12 * 2**20); time.sleep(60)
        def g(): pass
        """,
        memory=300 * MB,
    )
    student.call("f")
    deadline = time.monotonic() + 20
    while not student._seal.watch.cap and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(StudentStopped) as seen:
        student.call("g")
    assert seen.value.cap == "memory"


def test_hidden_memory_is_refused(opened: Open) -> None:
    student = opened("""
        import ctypes, mmap, os
        libc = ctypes.CDLL(None, use_errno=True)
        def f():
            said = []
            for way in (lambda: os.memfd_create("x"), lambda: mmap.mmap(-1, 4096)):
                try: way(); said.append("allowed")
                except OSError: said.append("denied")
            said.append("denied" if libc.shmget(0, 4096, 0o1600) < 0 else "allowed")
            try: said.append(len(mmap.mmap(os.open("/dev/zero", os.O_RDWR), 4096)))
            except (OSError, ValueError): said.append("denied")
            return said
    """)
    assert student.call("f").value == ["denied"] * 4


def test_what_honest_code_prints_is_no_flood(opened: Open) -> None:
    student = opened("def f(x):\n    print('x is', x, '.' * 100)\n    return x")
    for _ in range(3):
        assert len(student.call_many("f", [((k,), {}) for k in range(5000)])) == 5000


def test_python_code_that_recurses_without_end_raises(opened: Open) -> None:
    with pytest.raises(StudentRaised) as seen:
        opened("def f(): return f()").call("f")
    assert seen.value.type_name == "RecursionError"


def test_busy_code_is_measured_by_processor_time_not_by_the_clock(opened: Open) -> None:
    """Many at once on few cores: each gets little of the processor, none is stopped for it."""
    text = "def f():\n    s = 0\n    for k in range(4_000_000): s += k\n    return s"
    cores = os.cpu_count() or 1
    seals = [opened(text, cpu=20.0, idle=1.0) for _ in range(2 * cores + 1)]
    numbers = [seal._seal.send({"op": "call", "name": "f", "calls": [((), {})]}) for seal in seals]
    for seal, number in zip(seals, numbers, strict=True):
        seal._seal.wait(number - 1)
        assert "ok" in seal._seal.wait(number)


def test_memory_that_forked_processes_share_counts_once(opened: Open) -> None:
    student = opened(
        """
        import os, time
        import numpy as np
        big = np.ones(15 * 2**20)
        def f():
            for _ in range(4): os.fork() or time.sleep(60)
            time.sleep(0.3)
        """,
        memory=300 * MB,
    )
    student.call("f")
    assert not student.closed
