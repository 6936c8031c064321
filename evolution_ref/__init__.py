"""The reference implementation of the course's contract."""

import os

# The matrices here are small, and engines have processes or threads of their own: more threads would only wait.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
