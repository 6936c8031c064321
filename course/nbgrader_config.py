"""nbgrader's configuration of this course: student code runs in the grader's seal, never in a kernel."""

from pathlib import Path

try:
    from grader.nbgrader_plugin import configure

    configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821  # traitlets gives get_config
except Exception as error:  # nbgrader would go on without this file, and run student code in a kernel
    raise SystemExit(
        f"nbgrader_config.py: the grader cannot be put in place ({type(error).__name__}: {error}).\n"
        "Nothing was graded. Install the project into this environment: pip install -e '.[nbgrader]' in its folder."
    ) from None
