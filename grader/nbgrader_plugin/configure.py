"""What a course's nbgrader_config.py sets, in one call."""

import os
import sys
from pathlib import Path
from typing import Any

from nbgrader.apps import api, autogradeapp

from ..manifest import course
from .autograde import SealedAutograde
from .dates import forgive_dates

HERE = "grader.nbgrader_plugin"


def configure(c: Any, root: Path) -> None:
    """Put the seal where nbgrader runs a kernel.

    nbgrader has no setting for the class that autogrades, and without one a hand-in that is no notebook is never looked
    at: the two places that name the class are given this project's.

    Args:
        c: traitlets' configuration object, from ``get_config()``.
        root: the course folder.
    """
    autogradeapp.Autograde = api.Autograde = SealedAutograde
    forgive_dates()
    c.CourseDirectory.course_id = course().name
    c.CourseDirectory.root = str(root)
    c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".py"]
    c.Autograde.exporter_class = f"{HERE}.handin.HandInExporter"
    c.Autograde.sanitize_preprocessors = [
        f"{HERE}.cells.LayCells",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        f"{HERE}.execute.SealedExecute",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.GenerateFeedback.exporter_class = f"{HERE}.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = ["nbgrader.preprocessors.GetGrades"]
    c.ExportApp.plugin_class = f"{HERE}.StageExport"
    # nbgrader calls its own tools by name, also where the environment was not activated
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join((here, os.environ.get("PATH", os.defpath)))
