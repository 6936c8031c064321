"""nbgrader's round with the seal in place of a kernel; a course's nbgrader_config.py calls ``configure``."""

from .configure import configure
from .export import StageExport

__all__ = ["StageExport", "configure"]
