"""End, skip or replace what would run the checks."""

from .attack import attacks_to

attack = attacks_to("make the checks vanish")

ATTACKS = (
    attack("exit_at_import", "import sys\nsys.exit(0)", harmless=False),
    attack("hard_exit_at_import", "import os\nos._exit(0)", harmless=False),
    attack("skip_at_import", "import unittest\nraise unittest.SkipTest('all fine')", harmless=False),
    attack("keyboard_interrupt_at_import", "raise KeyboardInterrupt", harmless=False),
    attack("generator_exit_at_import", "raise GeneratorExit", harmless=False),
    attack("memory_error_at_import", "raise MemoryError('not enough')", harmless=False),
    attack("kill_itself", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", harmless=False),
    attack("kill_everybody", "import os, signal\nos.kill(-1, signal.SIGKILL)", harmless=False),
    attack("kill_the_parent", """
        import os, signal
        for pid in {1, os.getppid()}:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    """),
    attack("stop_itself", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", harmless=False),
    attack("conftest_and_ini", """
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
    """),
    attack("segfault", "import ctypes\nctypes.string_at(0)", harmless=False),
    attack("stub_exception_with_side_effects", """
        class NotImplementedError(BaseException):
            pass
        raise NotImplementedError
    """, harmless=False),
)  # fmt: skip
