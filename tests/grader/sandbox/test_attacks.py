"""Known ways out of a sandbox, class by class (the table of grader/SECURITY.md names these tests)."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.kit.student import Opaque, StudentStopped
from grader.manifest import ROOT
from grader.sandbox import SealedStudent, open_student
from grader.sandbox.layout import layout

Open = Callable[..., SealedStudent]


@pytest.fixture(scope="module")
def student() -> Iterator[SealedStudent]:
    """One seal for the attacks that do not end it: runs any code and returns what it leaves in ``out``."""
    text = b"def run(code):\n    names = {'out': []}\n    exec(code, names)\n    return names['out']\n"
    sealed = open_student(1, {1: text})
    yield sealed
    sealed.close()


def out(student: SealedStudent, code: str) -> object:
    return student.call("run", code).value


WALK = """
import os
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ("/proc", "/sys")]
    out += [os.path.join(top, f) for f in files]
"""


def test_no_file_of_the_grader_or_of_another_package_is_there(student: SealedStudent) -> None:
    files = out(student, WALK)
    assert isinstance(files, list) and len(files) > 100
    libraries = ("/usr/lib", "/lib", "/etc/ld.so.cache", "/etc/alternatives", "/seal/packages/", "/dev/")
    interpreter = (layout().python, os.path.realpath(sys.base_prefix) + "/lib/")
    rest = [path for path in files if not path.startswith((*libraries, *interpreter))]
    shown = {path.name for folder in ("kit", "sandbox/inside") for path in (ROOT / "grader" / folder).glob("**/*.py*")}
    assert {path for path in rest if not path.startswith("/seal/lib/_seal/")} == {
        "/home/student/stage1_forward.py",
        "/home/student/evolution.pyc",
    }
    assert {os.path.basename(path) for path in rest if path.startswith("/seal/lib/")} <= shown
    assert not [path for path in files if "site-packages" in path or "dist-packages" in path]


def test_reading_what_is_not_shown_fails(student: SealedStudent) -> None:
    prefix = os.path.realpath(sys.base_prefix)
    own = [] if Path.home() == Path("/") else [*Path.home().iterdir()]
    home = [str(path) for path in own if not prefix.startswith(str(path))]
    here = [str(path) for path in ROOT.iterdir() if not os.path.realpath(sys.executable).startswith(str(path))]
    code = f"""
import os
for path in {["/etc/passwd", "/etc/shadow", "/var/log", "/opt", "/srv", *home, *here]!r}:
    if os.path.exists(path): out.append(path)
"""
    assert out(student, code) == []


def test_only_what_students_may_import_can_be_imported(student: SealedStudent) -> None:
    code = """
import importlib
for name in "numpy gymnasium evolution pytest grader solutions jinja2 stage2_sample_params pip".split():
    try: importlib.import_module(name); out.append(name)
    except ImportError: pass
"""
    assert out(student, code) == ["numpy", "gymnasium", "evolution"]


def test_the_environment_and_the_command_lines_hold_nothing(student: SealedStudent) -> None:
    code = """
import glob, os
names = [word.split("=")[0] for word in open("/proc/self/environ").read().split("\\0") if word]
out = {"environ": names, "seen": [], "pids": [p for p in os.listdir("/proc") if p.isdigit()]}
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try: out["seen"].append(open(path, "rb").read().decode())
    except OSError as e: out["seen"].append(type(e).__name__)
"""
    seen = out(student, code)
    assert isinstance(seen, dict)
    assert set(seen["environ"]) <= {
        *("HOME", "PATH", "LANG", "TMPDIR", "PYTHONPATH", "PYTHONHASHSEED", "LD_LIBRARY_PATH", "PWD", "LC_CTYPE"),
        *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"),
    }
    assert seen["pids"] == ["1", "2"]
    words = " ".join(seen["seen"])
    assert "PermissionError" in words  # pid 1's environment
    assert str(ROOT) not in words and "pytest" not in words


def test_pid_1_can_be_neither_read_nor_traced_nor_ended(student: SealedStudent) -> None:
    code = """
import ctypes, os, signal, resource
libc = ctypes.CDLL(None, use_errno=True)
for name in ("mem", "environ", "maps", "exe", "auxv", "fd", "root", "cwd", "map_files"):
    try: (os.listdir if name in ("fd", "root", "cwd", "map_files") else open)(f"/proc/1/{name}")
    except OSError: continue
    out.append(name)
if libc.ptrace(16, 1, 0, 0) == 0: out.append("ptrace")
for number in range(1, 65):
    try: os.kill(1, number)
    except OSError: pass
try: resource.prlimit(1, resource.RLIMIT_CPU, (0, 0)); out.append("prlimit")
except OSError: pass
"""
    assert out(student, code) == []
    assert out(student, "out = 1") == 1


def test_no_network_and_no_other_socket_than_unix_ones(student: SealedStudent) -> None:
    code = """
import socket
for family in range(1, 46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try: socket.socket(family, kind).close()
        except OSError: continue
        out.append(family)
"""
    assert set(out(student, code)) <= {socket_family_unix()}


def socket_family_unix() -> int:
    return 1


def test_no_way_into_another_namespace_and_no_rights(student: SealedStudent) -> None:
    code = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for flag in (0x20000, 0x10000000, 0x40000000, 0x20000000, 0x08000000, 0x04000000, 0x02000000):
    if libc.unshare(flag) == 0: out.append(hex(flag))
if libc.mount(b"proc", b"/tmp", b"proc", 0, None) == 0: out.append("mount")
for call in ("setuid", "setgid"):
    try: getattr(os, call)(0 if os.getuid() else 12345); out.append(call)
    except OSError: pass
try: os.chroot("/tmp"); out.append("chroot")
except OSError: pass
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
out += [status[name].strip() for name in ("CapEff", "CapPrm", "CapBnd") if int(status[name], 16)]
out.append((status["NoNewPrivs"].strip(), status["Seccomp"].strip()))
"""
    assert out(student, code) == [("1", "2")]


def test_the_kernels_switches_are_closed(student: SealedStudent) -> None:
    code = """
import os
for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger", "/proc/self/uid_map",
             "/proc/sys/vm/overcommit_memory", "/sys/kernel/uevent_helper", "/dev/mem", "/dev/kmsg"):
    try: open(path, "r+b").close()
    except OSError: continue
    out.append(path)
"""
    assert out(student, code) == []


def test_nothing_outside_three_folders_can_be_written(student: SealedStudent) -> None:
    code = """
import os
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ("/proc", "/sys")]
    if os.access(top, os.W_OK):
        try: open(os.path.join(top, ".x"), "w").close(); out.append(top); folders[:] = []
        except OSError: pass
"""
    assert sorted(out(student, code)) == ["/dev/shm", "/home/student", "/tmp"]


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


def test_inherited_descriptors_lead_nowhere_but_to_the_grader(student: SealedStudent) -> None:
    code = """
import os
for fd in os.listdir("/proc/self/fd"):
    try: out.append(os.readlink(f"/proc/self/fd/{fd}").split(":")[0])
    except OSError: pass
"""
    assert set(out(student, code)) <= {"pipe", "socket", "/dev/null", "/proc/2/fd", "/proc/self/fd"}


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
    assert opened(text).call("f").value == (Opaque("Pleaser"), Opaque("type"))
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
