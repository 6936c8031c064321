"""Known attacks on the next seal, on another one, on what the grader relies on, and at import (see SECURITY.md)."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader.kit.student import Opaque, StudentStopped
from grader.sandbox import SealedStudent

Open = Callable[..., SealedStudent]


def test_nothing_written_is_there_for_the_next_seal_or_outside(opened: Open) -> None:
    text = """
        import os
        def write():
            for folder in ("/tmp", "/dev/shm", "/home/student"): open(folder + "/seal-mark-4711", "w").close()
        def read():
            return [f for d in ("/tmp", "/dev/shm", "/home/student") for f in os.listdir(d) if "mark" in f]
    """
    first, second = opened(text), opened(text)
    first.call("write")
    assert len(first.call("read").value) == 3 and second.call("read").value == []
    first.close()
    assert opened(text).call("read").value == []
    assert not [path for folder in ("/tmp", "/dev/shm") for path in Path(folder).glob("seal-mark*")]


def test_two_seals_see_nothing_of_each_other(opened: Open) -> None:
    text = """
        import os, socket
        def listen():
            global one
            one = socket.socket(socket.AF_UNIX); one.bind(b"\\0between-seals"); one.listen()
            return os.getpid()
        def reach():
            try: socket.socket(socket.AF_UNIX).connect(b"\\0between-seals"); return "reached"
            except OSError: return [p for p in os.listdir("/proc") if p.isdigit()]
    """
    first, second = opened(text), opened(text)
    first.call("listen")
    assert second.call("reach").value == ["1", "2"]


def test_descriptors_under_way_are_counted_for_each_seal_alone(opened: Open) -> None:
    attacker = opened("""
        import array, os, socket
        kept = []
        def fill():
            kept.append(socket.socketpair())
            for _ in range(100):
                x, y = socket.socketpair()
                words = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [x.fileno()] * 250))]
                try: kept[0][0].sendmsg([b"x"], words)
                except OSError as error: return error.errno
                x.close(); y.close()
    """)
    assert attacker.call("fill").value == errno.ETOOMANYREFS
    other = opened("""
        import multiprocessing
        def f(): return 1
        def served():
            with multiprocessing.get_context("forkserver").Pool(1) as pool: return pool.map(abs, [-1])
    """)
    assert other.call("f").value == 1
    if os.geteuid() == 0:  # else all seals are the same user's
        assert other.call("served").value == [1]


def test_a_file_called_numpy_beside_the_stage_is_only_the_students(opened: Open) -> None:
    text = """
        def f():
            for name in ("numpy", "json", "evolution"):
                open(f"/home/student/{name}.py", "w").write("def float64(x): return 42\\n")
            return "/home/student" in __import__("sys").path
        def g(): import numpy; return numpy.float64(1.5)
    """
    student = opened(text)
    student.call("f")
    assert type(student.call("g").value) is np.float64


def test_what_a_student_does_to_numpy_is_seen_by_nobody_else(opened: Open) -> None:
    text = """
        import numpy as np, time, builtins
        np.allclose = np.array_equal = lambda *a, **k: True
        builtins.abs = lambda x: 0
        time.time = time.monotonic = time.perf_counter = lambda: 0.0
        class Pleaser(np.ndarray):
            def __eq__(self, other): return True
            def __array__(self, *a, **k): return np.zeros(3)
        def f(): return np.zeros(2).view(Pleaser), Pleaser
    """
    held, kind = opened(text).call("f").value
    assert type(held) is np.ndarray and held.tolist() == [0.0, 0.0] and kind == Opaque("type")
    assert not np.allclose(1, 2) and abs(-1) == 1


@pytest.mark.parametrize(
    "text",
    [
        "import os, sys; os.write(1, b'PASSED'); os._exit(0)",
        "import atexit; atexit.register(print, 'PASSED'); raise SystemExit(0)",
        "while True: pass",
        "import time; time.sleep(99)",
        "import ctypes; ctypes.string_at(0)",
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass",
    ],
)
def test_code_that_runs_at_import_is_held_to_the_same(opened: Open, text: str) -> None:
    with pytest.raises(StudentStopped):
        opened(text, cpu=0.5, idle=0.5).call("forward")
