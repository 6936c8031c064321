"""What lies in a seal's home folder: one file of the student's, evolution.py, and the model answers that it names."""

import ast
import importlib.util
import marshal
import re
from functools import cache

from ..manifest import SOLUTIONS, Stage, course
from ..models import answer_text

PLAYS = rb"\b(episode|make_env)\b|\bimport\s+(evolution\b|\*)"  # uses of evolution that need stage 1


def contents(stage: int, source: bytes) -> dict[str, bytes]:
    """Return the files for the seal of a stage.

    The model answers go in as bytecode, without docstrings and comments: those that the student's file names, those
    that such an answer imports, and stage 1's where the file plays episodes by ``evolution``, which imports it.

    Args:
        stage: the stage that is graded.
        source: the student's file for it.
    """
    files = {course().stage(stage).file: source, "evolution.pyc": _given()}
    wanted = _named(source)
    if re.search(PLAYS, source):
        wanted.add(1)
    while wanted:
        other = course().stage(wanted.pop())
        if other.number != stage and f"{other.module}.pyc" not in files:
            files[f"{other.module}.pyc"] = _answer(other)
            wanted |= _named(answer_text(other.number).encode())
    return files


def _named(source: bytes) -> set[int]:
    """Return the stages whose module's name stands in a source, read as bytes: nothing of a student's is parsed."""
    return {stage.number for stage in course().stages if re.search(rb"\b%s\b" % stage.module.encode(), source)}


@cache
def _answer(stage: Stage) -> bytes:
    return _bytecode(answer_text(stage.number), stage.file)


@cache
def _given() -> bytes:
    return _bytecode((SOLUTIONS / "evolution.py").read_text(encoding="utf-8"), "evolution.py")


def _bytecode(text: str, file: str) -> bytes:
    """Return the content of a .pyc file that is never compared with its source."""
    code = compile(ast.parse(text), file, "exec", dont_inherit=True, optimize=2)
    return importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(code)
