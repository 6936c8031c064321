"""Take processes, memory, files, output or time until there is no more."""

from .attack import attacks_to

attack = attacks_to("exhaust a resource")

ATTACKS = (
    attack("fork_bomb", """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
    """, harmless=False),
    attack("memory_bomb", """
        hoard = []
        while True:
            hoard.append(bytearray(50_000_000))
    """, harmless=False),
    attack("memory_in_many_children", """
        import os, time
        for _ in range(20):
            if os.fork() == 0:
                hoard = bytearray(b"x" * 200_000_000)
                time.sleep(60)
                os._exit(0)
        time.sleep(60)
    """, harmless=False),
    attack("fill_tmp_and_shm", """
        for folder in ("/tmp", "/dev/shm", "."):
            try:
                with open(folder + "/big", "wb") as file:
                    for _ in range(2000):
                        file.write(b"x" * 1_000_000)
            except OSError:
                pass
    """),
    attack("flood_stdout", """
        import os
        line = b"x" * 1_000_000
        while True:
            os.write(1, line)
    """, harmless=False),
    attack("endless_loop_at_import", "while True:\n    pass", harmless=False),
    attack("sleep_at_import", "import time\ntime.sleep(10_000)", harmless=False),
    attack("deep_recursion", """
        import sys
        sys.setrecursionlimit(10**9)
        def down(n):
            return down(n + 1) + 1
        down(0)
    """, harmless=False),
    attack("many_files", """
        handles = []
        try:
            while True:
                handles.append(open("/dev/null"))
        except OSError:
            handles.clear()
    """),
    attack("many_threads", """
        import threading, time
        try:
            for _ in range(5000):
                threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
        except RuntimeError:
            pass
    """, harmless=False),
    attack("ignore_every_signal", """
        import signal
        for number in range(1, 64):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            pass
    """, harmless=False),
    attack("cancel_alarms", """
        import signal, resource
        signal.setitimer(signal.ITIMER_REAL, 0)
        for limit in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC):
            try:
                resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            except (OSError, ValueError):
                pass
    """),
    attack("memfd_hoard", """
        import os
        try:
            fd = os.memfd_create("hoard")
            os.write(fd, b"x" * 1_000_000)
        except OSError:
            pass
    """),
)  # fmt: skip
