"""nbgrader's settings: the grader's own preprocessor stands in the place of its kernel."""

from pathlib import Path

from grader.nbgrader_plugin import configure

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821  (nbgrader gives get_config)
