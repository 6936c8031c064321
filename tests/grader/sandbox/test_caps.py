"""Every cap of a seal: passing it ends the whole tree at once, and the fault says which cap and near which line."""

import os
import platform
import time
from collections.abc import Callable

import pytest

from grader.kit.student import StudentRaised, StudentStopped
from grader.sandbox import SealedStudent, processes

Open = Callable[..., SealedStudent]
MB = 1 << 20
EXIT = {"x86_64": 60, "aarch64": 93}[platform.machine()]  # the system call that ends one thread

# cap, body of f, the line of the file near which it is (None: not known), limits
CAPS: dict[str, tuple[str, str, int | None, dict[str, float]]] = {
    "sleep": ("time", "time.sleep(99)", 4, {"idle": 0.5}),
    "endless loop": ("cpu", "\n    while True: pass", 5, {"cpu": 0.5}),
    "endless loop in a thread": (
        "cpu",
        "t = threading.Thread(target=lambda: sum(iter(int, 1))); t.start(); t.join()",
        None,
        {"cpu": 0.5},
    ),
    "endless loop in a child": ("cpu", "\n    os.fork()\n    while True: pass", None, {"cpu": 1}),
    "endless loops that nobody waits for": (
        "cpu",
        "\n    signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n    while True:\n        if os.fork() == 0:\n"
        "            end = time.process_time() + 0.1\n            while time.process_time() < end: pass\n"
        "            os._exit(0)\n        time.sleep(0.1)",
        None,
        {"cpu": 0.5},
    ),
    "loop at low priority, by the clock": ("time", "\n    os.nice(19)\n    while True: pass", None, {"wall": 1}),
    "deaf to signals": (
        "time",
        "\n    for n in range(1, 65):\n        try: signal.signal(n, signal.SIG_IGN)\n        except Exception: pass\n"
        "    time.sleep(99)",
        None,
        {"idle": 0.5},
    ),
    "stopped": ("time", "os.kill(os.getpid(), signal.SIGSTOP)", None, {"idle": 0.5}),
    "a dead lock": ("time", "l = threading.Lock(); l.acquire(); l.acquire()", 4, {"idle": 0.5}),
    "memory at once": ("memory", "b = np.ones(300 * 2**20); time.sleep(9)", 4, {}),
    "memory bit by bit": (
        "memory",
        "\n    kept = []\n    while True: kept.append(np.ones(2**17)); time.sleep(0.0005)",
        6,
        {"memory": 200 * MB},
    ),
    "memory of many": (
        "memory",
        "\n    for _ in range(6):\n        if os.fork() == 0: b = np.ones(9 * 2**20); time.sleep(9)\n    time.sleep(9)",
        7,
        {"memory": 300 * MB},
    ),
    "memory of processes whose first threads have ended": (
        "memory",
        "\n    def fill(): kept = np.ones(25 * 2**20); time.sleep(9)\n"
        "    for _ in range(2):\n        if os.fork() == 0:\n            threading.Thread(target=fill).start()\n"
        "            ctypes.CDLL(None).syscall(EXIT, 0)\n    time.sleep(9)",
        None,
        {"memory": 300 * MB},
    ),
    "fork bomb": ("processes", "\n    while True:\n        try: os.fork()\n        except OSError: pass", None, {}),
    "thread bomb": (
        "processes",
        "\n    while True:\n        try: threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
        "        except RuntimeError: pass",
        None,
        {},
    ),
    "failed forks": ("processes", "\n    for _ in range(9999): os.fork() or time.sleep(60)", None, {}),
    "flood of output": ("output", "\n    while True: os.write(1, b'x' * 65536)", None, {}),
    "flood of one line on stderr": ("output", "sys.stderr.write('x' * 2**24)", None, {}),
    "a large file": ("files", "open('big', 'wb').write(bytes(2**25 + 1))", 4, {}),
    "a full tmp": ("files", "\n    for k in range(99): open(f'/tmp/{k}', 'wb').write(bytes(2**24))", 5, {}),
    "a full shared memory": (
        "files",
        "\n    for k in range(99): open(f'/dev/shm/{k}', 'wb').write(bytes(2**24))",
        5,
        {},
    ),
    "many small folders": ("files", "\n    for k in range(10**7): os.mkdir(f'/tmp/{k}')", 5, {}),
    "open files": ("files", "kept = [open('/dev/null') for _ in range(10**5)]", 4, {}),
    "too big a reply": ("reply", "return np.ones(2**24)", None, {}),
    "too long a reply": ("reply", "return 'x' * 2**24", None, {}),
    "deep recursion in C": (
        "crash",
        "\n    x = []\n    sys.setrecursionlimit(10**9)\n    for _ in range(10**6): x = [x]\n    repr(x)",
        8,
        {},
    ),
    "a crash": ("crash", "import ctypes; ctypes.string_at(1)", 4, {}),
}
HEAD = f"import ctypes, os, signal, sys, threading, time\nimport numpy as np; EXIT = {EXIT}\ndef f():\n    "


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
