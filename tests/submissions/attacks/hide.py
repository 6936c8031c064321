"""Keep an error from being seen."""

from .attack import attacks_to

attack = attacks_to("hide the error")

ATTACKS = (
    attack("close_stderr", """
        import os, sys
        sys.stderr = sys.__stderr__ = None
        os.close(2)
    """),
    attack("closed_stdout", """
        import sys
        sys.stdout = sys.__stdout__ = None
    """),
    attack("excepthook", """
        import sys, threading
        sys.excepthook = threading.excepthook = lambda *a: None
    """),
)  # fmt: skip
