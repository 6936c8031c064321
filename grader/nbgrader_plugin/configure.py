"""What a course's nbgrader_config.py sets, in one call."""

import sys
from pathlib import Path
from typing import Any

from ..manifest import course
from .prepare import prepare

HERE = "grader.nbgrader_plugin"


def configure(c: Any, root: Path) -> None:
    """Put the seal where nbgrader runs a kernel.

    Args:
        c: traitlets' configuration object, from ``get_config()``.
        root: the course folder.
    """
    c.CourseDirectory.course_id = course().name
    c.CourseDirectory.root = str(root)
    c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".py"]
    c.Autograde.exporter_class = f"{HERE}.TolerantExporter"
    c.Autograde.sanitize_preprocessors = [
        "nbgrader.preprocessors.ClearOutput",
        f"{HERE}.RepairCells",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        f"{HERE}.SealedExecute",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.ExportApp.plugin_class = f"{HERE}.StageExport"
    # Feedback pages load nothing from the network, and what a student wrote in Markdown stays text.
    c.HTMLExporter.sanitize_html = True
    for address in ("mathjax_url", "require_js_url", "jquery_url", "mermaid_js_url", "jquery_ui_url"):
        setattr(c.HTMLExporter, address, "")
    if "autograde" in sys.argv:
        prepare(root)
