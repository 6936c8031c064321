"""What the student's code raised, as words for the grader."""

import re
from types import TracebackType
from typing import Any

from ...kit.causes import causes

LONGEST = 400
_NO_NAME = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'|module '([\w.]+)' has no attribute '(\w+)'")


class Stopped(Exception):
    """A request could not be done; carries the words for the grader."""

    def __init__(self, **words: Any) -> None:
        self.words = words


def exit_words(error: SystemExit) -> dict[str, Any]:
    """Return what is said of code that ends its process."""
    return {"kind": "exit", "text": _text(error)}


def error_words(error: BaseException, path: str) -> dict[str, Any]:
    """Return an exception's type, text, line in the stage file, and the name whose lack it tells of.

    Args:
        error: the exception.
        path: where the stage file lies.
    """
    line = error.lineno if isinstance(error, SyntaxError) else _line(error.__traceback__, path)
    module = error.name if isinstance(error, ModuleNotFoundError) else None
    name = None
    if isinstance(error, (ImportError, AttributeError)) and (found := _NO_NAME.search(_text(error))):
        module, name = found[2] or found[3], found[1] or found[4]
    number = error.errno if isinstance(error, OSError) else None
    return {
        "kind": "raised",
        "type": type(error).__name__,
        "text": _text(error),
        "causes": causes(error),
        "line": line if isinstance(line, int) else None,
        "module": module,
        "name": name,
        "errno": number if isinstance(number, int) else None,
    }


def _line(trace: TracebackType | None, path: str) -> int | None:
    """Return the last line of a traceback that lies in the stage file."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _text(error: BaseException) -> str:
    """Return an exception's own text, cut; one that cannot be shown has none."""
    try:
        text = error.args[0] if isinstance(error, SyntaxError) and error.args else error
        return str(text)[:LONGEST]
    except BaseException:
        return ""
