"""Code of students that passes one cap each, and what the seal says of it."""

import platform

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
