"""Look for the answers, and for ways out to them."""

from .attack import attacks_to

attack = attacks_to("read the answers")

ATTACKS = (
    attack("read_solutions", """
        import glob
        stolen = []
        for pattern in ("/**/solutions/*.py", "/root/**/*", "/home/**/*.py", "/proc/*/environ", "/proc/1/cmdline"):
            for path in list(glob.iglob(pattern, recursive=True))[:50]:
                try:
                    stolen.append(open(path, "rb").read(100))
                except OSError:
                    pass
    """, harmless=False),
    attack("import_the_answers", """
        import importlib
        for name in ("grader", "grader.models", "evolution_ref", "solutions", "grader.checks.hidden"):
            try:
                importlib.import_module(name)
                leaked = True
            except ImportError:
                pass
    """),
    attack("callers_frames", """
        import sys
        frame = sys._getframe()
        found = {}
        while frame is not None:
            found.update({k: v for k, v in frame.f_locals.items() if "expect" in k or "answer" in k})
            frame = frame.f_back
    """),
    attack("read_memory_of_pid_1", """
        try:
            maps = open("/proc/1/maps").read()
            open("/proc/1/mem", "rb").read(10)
        except OSError:
            pass
    """),
    attack("mount_and_unshare", """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        libc.unshare(0x10000000 | 0x00020000)
        libc.mount(b"/", b"/tmp", None, 4096, None)
        libc.chroot(b"/proc/1/root")
    """),
    attack("core_pattern", """
        for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/kernel/uevent_helper"):
            try:
                open(path, "w").write("|/tmp/x")
            except OSError:
                pass
    """),
)  # fmt: skip
