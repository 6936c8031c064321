"""nbgrader's configuration of this course: student code runs in the grader's seal, never in a kernel."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if (ROOT.parent / "grader").is_dir():
    sys.path.insert(0, str(ROOT.parent))  # the project that this folder lies in

try:
    from grader.nbgrader_plugin import configure

    configure(get_config(), ROOT)  # noqa: F821  # traitlets gives get_config
except Exception as error:  # nbgrader would go on without this file, and run student code in a kernel
    raise SystemExit(
        f"nbgrader_config.py: the grader cannot be put in place ({type(error).__name__}: {error}).\n"
        "Nothing was graded. In the project's folder: pip install -e '.[nbgrader]'"
    ) from None
