"""The messages for student code that did not return, composed in one place."""

import os
import re
import traceback
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np

from .causes import causes
from .hints import look_at
from .message import Message
from .student import Opaque, Rng, StudentFault, StudentMissing, StudentNotDone, StudentRaised, StudentStopped

LONGEST = 300


class Word(str):
    """A word that stands for an argument in a message."""

    __slots__ = ()
    __repr__ = str.__str__


GIVEN_FILE = "evolution.py"
GIVEN = (Word("fitness"), Word("init"))  # what every call of an evolve function begins with


def call_words(function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """Return a call in words: "sample_params(a dict of w0, b0, sigma=0.5, rng=a Generator)"."""
    shown = [*map(_brief, args), *(f"{key}={_brief(value)}" for key, value in kwargs.items())]
    return f"{function}({', '.join(shown)})"


def raised(called: str, type_name: str, text: str, line: int | None, file: str) -> StudentRaised:
    """Return the fault for an exception that came out of the student's code."""
    text = clean(text)
    place = f" (line {line} of {file})" if line else f" (in {file})"
    if type_name == "NotImplementedError":
        message = Message(
            called,
            (text or "NotImplementedError") + place,
            "a value",
            look="The line with raise: it stands for what is to be written, and goes when that is done.",
        )
        return StudentNotDone(message, type_name, text, line)
    message = Message(
        called,
        f"{type_name}: {text}{place}" if text else f"{type_name}{place}",
        "a value and no exception",
        look=look_at(type_name, text, line, file),
    )
    return StudentRaised(message, type_name, text, line)


def from_exception(called: str, error: BaseException, path: str, file: str) -> StudentRaised:
    """Return the fault for a caught exception.

    It names the innermost line of the student's, which may be another stage's. It carries ``trace``, the traceback
    from the stage file on, and ``waits_for``: the stage or file that is still a stub where the exception came from
    there and not from the stage file itself.
    """
    frames = traceback.extract_tb(error.__traceback__)
    begin = next((place for place, frame in enumerate(frames) if frame.filename == path), len(frames))
    line, where = _innermost(frames[begin:], Path(path).parent)
    fault = raised(called, type(error).__name__, words_of(error), line, where or file)
    shown = [*traceback.format_list(frames[begin:]), *traceback.format_exception_only(error)] if frames[begin:] else []
    fault.trace, fault.causes = "".join(shown), causes(error)
    if isinstance(fault, StudentNotDone) and frames[begin:] and frames[-1].filename != path:
        other = Path(frames[-1].filename).stem
        fault = _waiting(called, f"stage {other[5]}" if re.match(r"stage\d_", other) else words_of(error), file)
    return fault


def _innermost(frames: Iterable[traceback.FrameSummary], folder: Path) -> tuple[int | None, str]:
    """Return the last line that lies in one of a folder's files, and its name; what is given doesn't count."""
    found: tuple[int | None, str] = None, ""
    for frame in frames:
        path = Path(frame.filename)
        if path.parent == folder and path.suffix == ".py" and path.name != GIVEN_FILE:
            found = frame.lineno, path.name
    return found


def not_done(file: str, functions: Iterable[str]) -> StudentNotDone:
    """Return the fault for a stage file that is still a stub."""
    names = ", ".join(functions)
    return StudentNotDone(
        Message(names, f"not done yet: {file} still raises NotImplementedError", "a value"), "NotImplementedError"
    )


def _waiting(called: str, other: str, file: str) -> StudentNotDone:
    """Return the fault for a stage that uses another one, which is still a stub."""
    message = Message(called, f"{file} uses {other}, which is not done yet", "a value", look=f"Do {other} first.")
    fault = StudentNotDone(message, "NotImplementedError")
    fault.waits_for = other
    return fault


def not_there(file: str) -> StudentMissing:
    """Return the fault for a stage file that is not there."""
    return StudentMissing(Message(file, f"{file} is not there", f"{file} beside its checks", look="Its name."))


def missing(function: str, file: str, defined: Iterable[str] = ()) -> StudentMissing:
    """Return the fault for a name that the stage file does not define; the names that it defines tell a slip of it."""
    near = next(iter(get_close_matches(function, defined, 1, 0.7)), "")
    return StudentMissing(
        Message(
            f"{function} of {file}",
            f"{file} does not define {function}" + (f", it defines {near}" if near else ""),
            f"a function or class {function}",
            look=f"The name's spelling in {file}; its def or class must stand at the left margin.",
        )
    )


def not_imported(error: BaseException, path: Path) -> StudentMissing:
    """Return the fault for a stage file that could not be imported; it names the file where that went wrong."""
    line, file = _innermost(traceback.extract_tb(error.__traceback__), path.parent)
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).parent == path.parent:
        line, file = error.lineno, Path(error.filename).name
    place = f" (line {line} of {file})" if line else ""
    return unimportable(
        Message(
            f"import {path.stem}",
            f"{type(error).__name__}: {clean(words_of(error))}{place}",
            f"{path.name} imports without an exception",
            look=f"Run 'python {_from_here(path.with_name(file or path.name))}': Python shows the line.",
        )
    )


def unimportable(message: Message) -> StudentMissing:
    """Return the fault for a stage file of which nothing can be called, with the message that says why."""
    fault = StudentMissing(message)
    fault.at_import = True
    return fault


def too_long(called: str, seconds: float) -> StudentStopped:
    """Return the fault for a call that had not ended after so many seconds."""
    return StudentStopped(
        Message(
            called,
            f"nothing in {in_seconds(seconds)}, so it is not waited for any longer",
            "it returns",
            look="Whether a loop ever ends, and what it waits for: a pool that is never closed.",
        ),
        "time",
    )


def ended(called: str, error: SystemExit) -> StudentFault:
    """Return the fault for code that ends its process."""
    return StudentStopped(
        Message(called, f"it ended Python (exit status {clean(str(error.code))})", "it returns a value"), "exit"
    )


def in_seconds(number: float) -> str:
    """Return a time in words."""
    return f"{number:g} second" if number == 1 else f"{number:g} seconds"


def words_of(error: BaseException) -> str:
    """Return an exception's own text; one that cannot be shown has none."""
    try:
        return str(error.args[0]) if isinstance(error, SyntaxError) and error.args else str(error)
    except Exception:
        return ""


def clean(text: str) -> str:
    """Return a student's text on one line, without control characters, cut where it is long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * LONGEST]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _from_here(path: Path) -> str:
    """Return a path as it is typed in the current folder."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return str(path)


def _brief(value: Any) -> str:
    """Return a value in a few words."""
    if isinstance(value, Rng):
        return "a Generator"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, dict):
        return "a dict of " + ", ".join(str(key) for key in list(value)[:6])
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, Opaque):
        return f"a {value.type_name}"
    return clean(repr(value))[:40]
