"""Change the time that is measured."""

from .attack import attacks_to

attack = attacks_to("fake the clock")

ATTACKS = (
    attack("frozen_clock", """
        import time
        time.time = time.monotonic = time.perf_counter = lambda: 0.0
        time.sleep = lambda seconds: None
    """),
)  # fmt: skip
