"""Attacks on a grader by class, each a few lines to be put before a stage's code.

The classes are those of grader/SECURITY.md. An attack marked ``harmless`` does not disturb its own process: before a
right answer every point must still be given. Before a wrong answer no attack may earn a point.
"""

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True)
class Attack:
    """A few lines of hostile code, its class, and whether honest code after it still works."""

    name: str
    kind: str
    code: str
    harmless: bool = True


def attack(name: str, kind: str, code: str, *, harmless: bool = True) -> Attack:
    return Attack(name, kind, dedent(code).strip() + "\n", harmless)


FORGE = "forge the result"
DAEMON = "outlive the run"
PATCH = "patch the judge"
VANISH = "make the checks vanish"
SPOOF = "spoof a value"
HIDE = "hide the error"
READ = "read the answers"
DETECT = "detect the grading"
SHADOW = "shadow a module"
RESOURCE = "exhaust a resource"
INJECT = "inject into a report"
NETWORK = "use the network"
CLOCK = "fake the clock"

ATTACKS = (
    attack(
        "results_json_everywhere",
        FORGE,
        """
        import json, os
        for folder in (".", "/tmp", "/dev/shm", "/home/student", "/autograder/results", os.environ.get("HOME", "/")):
            for name in ("results.json", "grades.csv", "feedback.html"):
                try:
                    open(os.path.join(folder, name), "w").write(json.dumps({"score": 120, "tests": []}))
                except OSError:
                    pass
    """,
    ),
    attack(
        "write_to_every_descriptor",
        FORGE,
        """
        import os
        for fd in range(3, 64):
            try:
                os.write(fd, b'{"score": 100, "status": "passed"}\\n' * 3)
            except OSError:
                pass
    """,
        harmless=False,
    ),
    attack(
        "close_every_descriptor",
        FORGE,
        """
        import os
        os.closerange(0, 256)
    """,
        harmless=False,
    ),
    attack(
        "forged_frames_then_exit",
        FORGE,
        """
        import os, struct, json
        body = json.dumps({"ok": True, "value": [1, 2], "args": [], "kwargs": {}}).encode()
        for fd in range(1, 32):
            for head in (struct.pack(">I", len(body)), struct.pack("<I", len(body)), struct.pack(">Q", len(body))):
                try:
                    os.write(fd, head + body)
                except OSError:
                    pass
        os._exit(0)
    """,
        harmless=False,
    ),
    attack(
        "replace_json_encoder",
        FORGE,
        """
        import json
        _dumps = json.dumps
        json.dumps = lambda *a, **k: _dumps({"score": 100})
    """,
        harmless=False,
    ),
    attack(
        "patch_worker_through_main",
        FORGE,
        """
        import sys
        main = sys.modules["__main__"]
        for name, value in list(vars(main).items()):
            if callable(value) and not isinstance(value, type) and not name.startswith("__"):
                setattr(main, name, lambda *a, **k: None)
    """,
        harmless=False,
    ),
    attack(
        "trace_every_frame",
        FORGE,
        """
        import sys
        def tracer(frame, event, arg):
            frame.f_locals.update(score=100, passed=True, status="passed")
            return tracer
        sys.settrace(tracer)
        sys.setprofile(lambda *a: None)
    """,
    ),
    attack(
        "atexit_forger",
        FORGE,
        """
        import atexit, os
        atexit.register(lambda: [os.write(fd, b"passed 100\\n") for fd in (1, 2)])
    """,
    ),
    attack(
        "daemon_by_double_fork",
        DAEMON,
        """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                while True:
                    time.sleep(0.05)
                    try:
                        open("/tmp/results.json", "w").write("100")
                    except OSError:
                        pass
            os._exit(0)
    """,
    ),
    attack(
        "stopped_child",
        DAEMON,
        """
        import os, signal
        if os.fork() == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
            os._exit(0)
    """,
    ),
    attack(
        "child_that_ignores_signals",
        DAEMON,
        """
        import os, signal, time
        if os.fork() == 0:
            for number in range(1, 64):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            while True:
                time.sleep(1)
    """,
    ),
    attack(
        "thread_that_never_ends",
        DAEMON,
        """
        import threading, time
        threading.Thread(target=lambda: [time.sleep(1) for _ in iter(int, 1)], daemon=False).start()
    """,
    ),
    attack(
        "allclose_always_true",
        PATCH,
        """
        import numpy as np, numpy.testing
        np.allclose = np.array_equal = np.isclose = lambda *a, **k: True
        numpy.testing.assert_allclose = numpy.testing.assert_array_equal = lambda *a, **k: None
    """,
    ),
    attack(
        "patched_builtins",
        PATCH,
        """
        import builtins
        builtins.AssertionError = type("AssertionError", (Exception,), {"__init__": lambda self, *a: None})
        builtins.abs = lambda x: 0.0
    """,
    ),
    attack(
        "pytest_hooks",
        PATCH,
        """
        try:
            import _pytest.runner as runner
            runner.CallInfo.from_call = classmethod(lambda *a, **k: None)
        except ImportError:
            pass
    """,
    ),
    attack(
        "patched_random",
        PATCH,
        """
        import random
        random.random = lambda: 0.5
        random.Random.random = lambda self: 0.5
    """,
    ),
    attack(
        "gc_hunt_for_results",
        PATCH,
        """
        import gc
        for thing in gc.get_objects():
            for name in ("score", "passed", "points", "max_score", "status"):
                try:
                    if isinstance(thing, dict) and name in thing:
                        thing[name] = 100
                except Exception:
                    pass
    """,
    ),
    attack("exit_at_import", VANISH, "import sys\nsys.exit(0)", harmless=False),
    attack("hard_exit_at_import", VANISH, "import os\nos._exit(0)", harmless=False),
    attack("skip_at_import", VANISH, "import unittest\nraise unittest.SkipTest('all fine')", harmless=False),
    attack("keyboard_interrupt_at_import", VANISH, "raise KeyboardInterrupt", harmless=False),
    attack("generator_exit_at_import", VANISH, "raise GeneratorExit", harmless=False),
    attack("memory_error_at_import", VANISH, "raise MemoryError('not enough')", harmless=False),
    attack("kill_itself", VANISH, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", harmless=False),
    attack("kill_everybody", VANISH, "import os, signal\nos.kill(-1, signal.SIGKILL)", harmless=False),
    attack(
        "kill_the_parent",
        VANISH,
        """
        import os, signal
        for pid in {1, os.getppid()}:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    """,
    ),
    attack("stop_itself", VANISH, "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", harmless=False),
    attack(
        "conftest_and_ini",
        VANISH,
        """
        for name, text in (
            ("conftest.py", "def pytest_runtest_makereport(item, call): return None"),
            ("pytest.ini", "[pytest]\\naddopts = --collect-only"),
            ("sitecustomize.py", "raise SystemExit(0)"),
            ("usercustomize.py", "raise SystemExit(0)"),
        ):
            try:
                open(name, "w").write(text)
            except OSError:
                pass
    """,
    ),
    attack("segfault", VANISH, "import ctypes\nctypes.string_at(0)", harmless=False),
    attack(
        "stub_exception_with_side_effects",
        VANISH,
        """
        class NotImplementedError(BaseException):
            pass
        raise NotImplementedError
    """,
        harmless=False,
    ),
    attack(
        "close_stderr",
        HIDE,
        """
        import os, sys
        sys.stderr = sys.__stderr__ = None
        os.close(2)
    """,
    ),
    attack(
        "closed_stdout",
        HIDE,
        """
        import sys
        sys.stdout = sys.__stdout__ = None
    """,
    ),
    attack(
        "excepthook",
        HIDE,
        """
        import sys, threading
        sys.excepthook = threading.excepthook = lambda *a: None
    """,
    ),
    attack(
        "read_solutions",
        READ,
        """
        import glob
        stolen = []
        for pattern in ("/**/solutions/*.py", "/root/**/*", "/home/**/*.py", "/proc/*/environ", "/proc/1/cmdline"):
            for path in list(glob.iglob(pattern, recursive=True))[:50]:
                try:
                    stolen.append(open(path, "rb").read(100))
                except OSError:
                    pass
    """,
        harmless=False,
    ),
    attack(
        "import_the_answers",
        READ,
        """
        import importlib
        for name in ("grader", "grader.models", "evolution_ref", "solutions", "grader.checks.hidden"):
            try:
                importlib.import_module(name)
                leaked = True
            except ImportError:
                pass
    """,
    ),
    attack(
        "callers_frames",
        READ,
        """
        import sys
        frame = sys._getframe()
        found = {}
        while frame is not None:
            found.update({k: v for k, v in frame.f_locals.items() if "expect" in k or "answer" in k})
            frame = frame.f_back
    """,
    ),
    attack(
        "read_memory_of_pid_1",
        READ,
        """
        try:
            maps = open("/proc/1/maps").read()
            open("/proc/1/mem", "rb").read(10)
        except OSError:
            pass
    """,
    ),
    attack(
        "mount_and_unshare",
        READ,
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        libc.unshare(0x10000000 | 0x00020000)
        libc.mount(b"/", b"/tmp", None, 4096, None)
        libc.chroot(b"/proc/1/root")
    """,
    ),
    attack(
        "core_pattern",
        READ,
        """
        for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/kernel/uevent_helper"):
            try:
                open(path, "w").write("|/tmp/x")
            except OSError:
                pass
    """,
    ),
    attack(
        "suspicious_environment",
        DETECT,
        """
        import os
        GRADING = any(key in os.environ for key in ("PYTEST_CURRENT_TEST", "NBGRADER_EXECUTION", "GRADER", "CI"))
        if GRADING:
            raise SystemExit(0)
    """,
    ),
    attack(
        "shadow_numpy_on_disk",
        SHADOW,
        """
        for name in ("numpy.py", "json.py", "evolution.py", "multiprocessing.py", "pytest.py", "struct.py"):
            try:
                open(name, "w").write("raise SystemExit('shadowed')")
            except OSError:
                pass
    """,
        harmless=False,
    ),
    attack(
        "shadow_in_sys_modules",
        SHADOW,
        """
        import sys, types
        for name in ("pytest", "grader", "grader.kit", "hashlib"):
            sys.modules[name] = types.ModuleType(name)
    """,
    ),
    attack(
        "path_entry_first",
        SHADOW,
        """
        import sys
        sys.path.insert(0, "/tmp")
        sys.meta_path.insert(0, type("F", (), {"find_spec": staticmethod(lambda *a: None)}))
    """,
    ),
    attack(
        "fork_bomb",
        RESOURCE,
        """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
    """,
        harmless=False,
    ),
    attack(
        "memory_bomb",
        RESOURCE,
        """
        hoard = []
        while True:
            hoard.append(bytearray(50_000_000))
    """,
        harmless=False,
    ),
    attack(
        "memory_in_many_children",
        RESOURCE,
        """
        import os, time
        for _ in range(20):
            if os.fork() == 0:
                hoard = bytearray(b"x" * 200_000_000)
                time.sleep(60)
                os._exit(0)
        time.sleep(60)
    """,
        harmless=False,
    ),
    attack(
        "fill_tmp_and_shm",
        RESOURCE,
        """
        for folder in ("/tmp", "/dev/shm", "."):
            try:
                with open(folder + "/big", "wb") as file:
                    for _ in range(2000):
                        file.write(b"x" * 1_000_000)
            except OSError:
                pass
    """,
    ),
    attack(
        "flood_stdout",
        RESOURCE,
        """
        import os
        line = b"x" * 1_000_000
        while True:
            os.write(1, line)
    """,
        harmless=False,
    ),
    attack("endless_loop_at_import", RESOURCE, "while True:\n    pass", harmless=False),
    attack("sleep_at_import", RESOURCE, "import time\ntime.sleep(10_000)", harmless=False),
    attack(
        "deep_recursion",
        RESOURCE,
        """
        import sys
        sys.setrecursionlimit(10**9)
        def down(n):
            return down(n + 1) + 1
        down(0)
    """,
        harmless=False,
    ),
    attack(
        "many_files",
        RESOURCE,
        """
        handles = []
        try:
            while True:
                handles.append(open("/dev/null"))
        except OSError:
            handles.clear()
    """,
    ),
    attack(
        "many_threads",
        RESOURCE,
        """
        import threading, time
        try:
            for _ in range(5000):
                threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
        except RuntimeError:
            pass
    """,
        harmless=False,
    ),
    attack(
        "ignore_every_signal",
        RESOURCE,
        """
        import signal
        for number in range(1, 64):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            pass
    """,
        harmless=False,
    ),
    attack(
        "cancel_alarms",
        RESOURCE,
        """
        import signal, resource
        signal.setitimer(signal.ITIMER_REAL, 0)
        for limit in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC):
            try:
                resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            except (OSError, ValueError):
                pass
    """,
    ),
    attack(
        "memfd_hoard",
        RESOURCE,
        """
        import os
        try:
            fd = os.memfd_create("hoard")
            os.write(fd, b"x" * 1_000_000)
        except OSError:
            pass
    """,
    ),
    attack(
        "terminal_escape_in_exception",
        INJECT,
        """
        raise ValueError("\\x1b]0;owned\\x07\\x1b[2J<script>alert(1)</script>=cmd()|\\u202e" + "A" * 100_000)
    """,
        harmless=False,
    ),
    attack(
        "exception_that_cannot_be_shown",
        INJECT,
        """
        class Rude(Exception):
            def __str__(self):
                raise SystemExit(0)
            __repr__ = __str__
        raise Rude("hello")
    """,
        harmless=False,
    ),
    attack(
        "exception_class_with_markup",
        INJECT,
        """
        raise type("<img src=x onerror=alert(1)>\\n\\x1b[31m" + "B" * 5000, (Exception,), {})("x")
    """,
        harmless=False,
    ),
    attack(
        "surrogates_on_stderr",
        INJECT,
        """
        import os
        os.write(2, b"\\xff\\xfe\\x00\\x1b[2J" * 100)
        os.write(1, "\\udc80".encode("utf-8", "surrogatepass"))
    """,
    ),
    attack(
        "connect_outside",
        NETWORK,
        """
        import socket
        for family, address in (
            (socket.AF_INET, ("127.0.0.1", 80)),
            (socket.AF_INET, ("192.0.2.1", 53)),
            (socket.AF_UNIX, "/var/run/docker.sock"),
        ):
            try:
                with socket.socket(family, socket.SOCK_STREAM) as line:
                    line.settimeout(0.2)
                    line.connect(address)
                    raise SystemExit("there is a network")
            except OSError:
                pass
    """,
    ),
    attack(
        "frozen_clock",
        CLOCK,
        """
        import time
        time.time = time.monotonic = time.perf_counter = lambda: 0.0
        time.sleep = lambda seconds: None
    """,
    ),
)

# Objects that try to please every comparison; returned by every function of stage 1.
SPOOFS = (
    attack("equal_to_everything", SPOOF, """
        class Yes:
            __eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda self, other: True
            __hash__ = None
            __array__ = lambda self, *a, **k: __import__("numpy").zeros(2)
            __float__ = lambda self: 1.0
            __index__ = __int__ = lambda self: 1
            __len__ = lambda self: 2
        SPOOF = Yes()
    """),
    attack("array_subclass", SPOOF, """
        import numpy as np
        class Yes(np.ndarray):
            __eq__ = __sub__ = __rsub__ = lambda self, other: np.zeros(2)
            def __array_function__(self, *a, **k):
                return True
            def __array_ufunc__(self, *a, **k):
                return np.zeros(2)
        SPOOF = np.zeros(2).view(Yes)
    """),
    attack("float_subclass", SPOOF, """
        class Yes(float):
            __eq__ = __lt__ = __gt__ = lambda self, other: True
            __hash__ = float.__hash__
        SPOOF = Yes("nan")
    """),
    attack("int_subclass_with_lies", SPOOF, """
        class Yes(int):
            __eq__ = lambda self, other: True
            __index__ = __int__ = lambda self: 0
            __hash__ = int.__hash__
        SPOOF = Yes(-77)
    """),
    attack("code_in_a_pickle", SPOOF, """
        import os
        class Yes:
            def __reduce__(self):
                return (os.system, ("touch /tmp/owned",))
        SPOOF = Yes()
    """),
    attack("object_array_with_a_pickle", SPOOF, """
        import os
        import numpy as np
        class Yes:
            def __reduce__(self):
                return (os.system, ("touch /tmp/owned",))
        SPOOF = np.array([Yes(), Yes()], dtype=object)
    """),
    attack("huge_reply", SPOOF, "import numpy as np\nSPOOF = np.zeros((30_000, 10_000))"),
    attack("huge_shape_no_memory", SPOOF, """
        import numpy as np
        SPOOF = np.lib.stride_tricks.as_strided(np.zeros(1), shape=(10**6, 10**6), strides=(0, 0))
    """),
    attack("endless_nesting", SPOOF, """
        SPOOF = []
        for _ in range(100_000):
            SPOOF = [SPOOF]
    """),
    attack("circle", SPOOF, "SPOOF = []\nSPOOF.append(SPOOF)"),
    attack("endless_list", SPOOF, """
        class Endless(list):
            def __iter__(self):
                while True:
                    yield 0.0
            __len__ = lambda self: 2
        SPOOF = Endless([1.0, 2.0])
    """),
    attack("dict_of_everything", SPOOF, 'SPOOF = {"ok": True, "score": 100, "__class__": "x", 1: 2, None: ()}'),
    attack("huge_integer", SPOOF, "SPOOF = 10 ** 5000"),
    attack("structured_array", SPOOF, """
        import numpy as np
        SPOOF = np.zeros(2, dtype=[("a", "f8"), ("b", "O")])
    """),
    attack("nan_and_infinity", SPOOF, "import numpy as np\nSPOOF = np.array([np.nan, np.inf])"),
    attack("lone_surrogates", SPOOF, 'SPOOF = "\\ud800" * 100_000'),
    attack("class_that_lies", SPOOF, """
        import numpy as np
        class Yes:
            __class__ = np.ndarray
            dtype, shape, ndim, size = np.dtype("f8"), (2,), 1, 2
            tobytes = lambda self: b"\\0" * 16
        SPOOF = Yes()
    """),
)  # fmt: skip
