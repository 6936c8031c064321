"""The checks that never leave the grader."""
