"""Leave something behind that goes on after the run."""

from .attack import attacks_to

attack = attacks_to("outlive the run")

ATTACKS = (
    attack("daemon_by_double_fork", """
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
    """),
    attack("stopped_child", """
        import os, signal
        if os.fork() == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
            os._exit(0)
    """),
    attack("child_that_ignores_signals", """
        import os, signal, time
        if os.fork() == 0:
            for number in range(1, 64):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            while True:
                time.sleep(1)
    """),
    attack("thread_that_never_ends", """
        import threading, time
        threading.Thread(target=lambda: [time.sleep(1) for _ in iter(int, 1)], daemon=False).start()
    """),
)  # fmt: skip
