"""The reports: results.json and feedback.html a submission, grades.csv and index.html a class."""

from .atomic import sweep
from .words import result_folder
from .write import read_result, write_class, write_submission, write_table

__all__ = ["read_result", "result_folder", "sweep", "write_class", "write_submission", "write_table"]
