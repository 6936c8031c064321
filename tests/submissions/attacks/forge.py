"""Write a result into whatever leads to the grader, or into the worker that answers it."""

from .attack import attacks_to

attack = attacks_to("forge the result")

ATTACKS = (
    attack("results_json_everywhere", """
        import json, os
        for folder in (".", "/tmp", "/dev/shm", "/home/student", "/autograder/results", os.environ.get("HOME", "/")):
            for name in ("results.json", "grades.csv", "feedback.html"):
                try:
                    open(os.path.join(folder, name), "w").write(json.dumps({"score": 120, "tests": []}))
                except OSError:
                    pass
    """),
    attack("write_to_every_descriptor", """
        import os
        for fd in range(3, 64):
            try:
                os.write(fd, b'{"score": 100, "status": "passed"}\\n' * 3)
            except OSError:
                pass
    """, harmless=False),
    attack("close_every_descriptor", """
        import os
        os.closerange(0, 256)
    """, harmless=False),
    attack("forged_frames_then_exit", """
        import os, struct, json
        body = json.dumps({"ok": True, "value": [1, 2], "args": [], "kwargs": {}}).encode()
        for fd in range(1, 32):
            for head in (struct.pack(">I", len(body)), struct.pack("<I", len(body)), struct.pack(">Q", len(body))):
                try:
                    os.write(fd, head + body)
                except OSError:
                    pass
        os._exit(0)
    """, harmless=False),
    attack("replace_json_encoder", """
        import json
        _dumps = json.dumps
        json.dumps = lambda *a, **k: _dumps({"score": 100})
    """, harmless=False),
    attack("patch_worker_through_main", """
        import sys
        main = sys.modules["__main__"]
        for name, value in list(vars(main).items()):
            if callable(value) and not isinstance(value, type) and not name.startswith("__"):
                setattr(main, name, lambda *a, **k: None)
    """, harmless=False),
    attack("trace_every_frame", """
        import sys
        def tracer(frame, event, arg):
            frame.f_locals.update(score=100, passed=True, status="passed")
            return tracer
        sys.settrace(tracer)
        sys.setprofile(lambda *a: None)
    """),
    attack("atexit_forger", """
        import atexit, os
        atexit.register(lambda: [os.write(fd, b"passed 100\\n") for fd in (1, 2)])
    """),
)  # fmt: skip
