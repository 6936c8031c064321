"""Compiled inner loops: many members side by side, one kernel an environment."""
