"""nbgrader's configuration of this course: student code runs in the grader's seal, never in a kernel."""

from pathlib import Path

from grader.nbgrader_plugin import configure

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821  # traitlets gives get_config
