"""The seal: Linux only, imported by run.py alone."""
