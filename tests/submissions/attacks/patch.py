"""Change what a judge in this very process would rely on."""

from .attack import attacks_to

attack = attacks_to("patch the judge")

ATTACKS = (
    attack("allclose_always_true", """
        import numpy as np, numpy.testing
        np.allclose = np.array_equal = np.isclose = lambda *a, **k: True
        numpy.testing.assert_allclose = numpy.testing.assert_array_equal = lambda *a, **k: None
    """),
    attack("patched_builtins", """
        import builtins
        builtins.AssertionError = type("AssertionError", (Exception,), {"__init__": lambda self, *a: None})
        builtins.abs = lambda x: 0.0
    """),
    attack("pytest_hooks", """
        try:
            import _pytest.runner as runner
            runner.CallInfo.from_call = classmethod(lambda *a, **k: None)
        except ImportError:
            pass
    """),
    attack("patched_random", """
        import random
        random.random = lambda: 0.5
        random.Random.random = lambda self: 0.5
    """),
    attack("gc_hunt_for_results", """
        import gc
        for thing in gc.get_objects():
            for name in ("score", "passed", "points", "max_score", "status"):
                try:
                    if isinstance(thing, dict) and name in thing:
                        thing[name] = 100
                except Exception:
                    pass
    """),
)  # fmt: skip
