"""Behave otherwise while graded."""

from .attack import attacks_to

attack = attacks_to("detect the grading")

ATTACKS = (
    attack("suspicious_environment", """
        import os
        GRADING = any(key in os.environ for key in ("PYTEST_CURRENT_TEST", "NBGRADER_EXECUTION", "GRADER", "CI"))
        if GRADING:
            raise SystemExit(0)
    """),
)  # fmt: skip
