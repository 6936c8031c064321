"""Known ways out of a seal, class by class (the table of grader/SECURITY.md names these tests)."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from grader.manifest import ROOT
from grader.sandbox.layout import layout

Inside = Callable[[str], object]
WALK = """
import os
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ("/proc", "/sys")]
    out += [os.path.join(top, f) for f in files]
"""


def test_no_file_of_the_grader_or_of_another_package_is_there(inside: Inside) -> None:
    files = inside(WALK)
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


def test_reading_what_is_not_shown_fails(inside: Inside) -> None:
    prefix = os.path.realpath(sys.base_prefix)
    own = [] if Path.home() == Path("/") else [*Path.home().iterdir()]
    home = [str(path) for path in own if not prefix.startswith(str(path))]
    here = [str(path) for path in ROOT.iterdir() if not os.path.realpath(sys.executable).startswith(str(path))]
    code = f"""
import os
for path in {["/etc/passwd", "/etc/shadow", "/var/log", "/opt", "/srv", *home, *here]!r}:
    if os.path.exists(path): out.append(path)
"""
    assert inside(code) == []


def test_only_what_students_may_import_can_be_imported(inside: Inside) -> None:
    code = """
import importlib
for name in "numpy gymnasium evolution pytest grader solutions jinja2 stage2_sample_params pip".split():
    try: importlib.import_module(name); out.append(name)
    except ImportError: pass
"""
    assert inside(code) == ["numpy", "gymnasium", "evolution"]


def test_the_environment_and_the_command_lines_hold_nothing(inside: Inside) -> None:
    code = """
import glob, os
names = [word.split("=")[0] for word in open("/proc/self/environ").read().split("\\0") if word]
out = {"environ": names, "seen": [], "pids": [p for p in os.listdir("/proc") if p.isdigit()]}
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try: out["seen"].append(open(path, "rb").read().decode())
    except OSError as e: out["seen"].append(type(e).__name__)
"""
    seen = inside(code)
    assert isinstance(seen, dict)
    assert set(seen["environ"]) <= {
        *("HOME", "PATH", "LANG", "TMPDIR", "PYTHONPATH", "PYTHONHASHSEED", "LD_LIBRARY_PATH", "PWD", "LC_CTYPE"),
        *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"),
    }
    assert seen["pids"] == ["1", "2"]
    words = " ".join(seen["seen"])
    assert "PermissionError" in words  # pid 1's environment
    assert str(ROOT) not in words and "pytest" not in words


def test_pid_1_can_be_neither_read_nor_traced_nor_ended(inside: Inside) -> None:
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
    assert inside(code) == []
    assert inside("out = 1") == 1


def test_no_network_and_no_other_socket_than_unix_ones(inside: Inside) -> None:
    code = """
import socket
for family in range(1, 46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try: socket.socket(family, kind).close()
        except OSError: continue
        out.append(family)
"""
    assert set(inside(code)) <= {1}  # AF_UNIX


def test_no_way_into_another_namespace_and_no_rights(inside: Inside) -> None:
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
    assert inside(code) == [("1", "2")]


def test_the_kernels_switches_are_closed(inside: Inside) -> None:
    code = """
import os
for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger", "/proc/self/uid_map",
             "/proc/sys/vm/overcommit_memory", "/sys/kernel/uevent_helper", "/dev/mem", "/dev/kmsg"):
    try: open(path, "r+b").close()
    except OSError: continue
    out.append(path)
"""
    assert inside(code) == []


def test_nothing_outside_three_folders_can_be_written(inside: Inside) -> None:
    code = """
import os
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ("/proc", "/sys")]
    if os.access(top, os.W_OK):
        try: open(os.path.join(top, ".x"), "w").close(); out.append(top); folders[:] = []
        except OSError: pass
"""
    assert sorted(inside(code)) == ["/dev/shm", "/home/student", "/tmp"]


def test_inherited_descriptors_lead_nowhere_but_to_the_grader(inside: Inside) -> None:
    code = """
import os
for fd in os.listdir("/proc/self/fd"):
    try: out.append(os.readlink(f"/proc/self/fd/{fd}").split(":")[0])
    except OSError: pass
"""
    assert set(inside(code)) <= {"pipe", "socket", "/dev/null", "/proc/2/fd", "/proc/self/fd"}


def test_nobody_waits_for_a_child_in_the_kernel(inside: Inside) -> None:
    code = """
import ctypes, os, signal, subprocess, sys
CLONE_VFORK, libc = 0x4000, ctypes.CDLL(None, use_errno=True)
stack = ctypes.create_string_buffer(1 << 16)
start = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(lambda _: 0)
top = ctypes.c_void_p((ctypes.addressof(stack) + (1 << 16)) & ~15)
out += [libc.clone(start, top, CLONE_VFORK | signal.SIGCHLD, None), ctypes.get_errno()]
out.append(subprocess.run([sys.executable, "-c", "print(7)"], capture_output=True, text=True).stdout)
"""
    assert inside(code) == [-1, errno.EINVAL, "7\n"]
