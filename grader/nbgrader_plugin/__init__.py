"""nbgrader's round with the seal in place of a kernel; a course's nbgrader_config.py calls ``configure``."""

from .configure import configure
from .execute import SealedExecute
from .export import StageExport
from .repair import RepairCells, TolerantExporter

__all__ = ["RepairCells", "SealedExecute", "StageExport", "TolerantExporter", "configure"]
