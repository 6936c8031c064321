"""The faults of sealed code: from what was seen outside, or from what the seal says, to what a student reads."""

import errno
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..kit import fault
from ..kit.hints import hint
from ..kit.imports import IMPORTS, no_module
from ..kit.message import Message
from ..kit.student import StudentFault, StudentMissing, StudentRaised, StudentStopped
from ..manifest import course
from .errors import SealEnded
from .limits import MB, Limits

LONGEST = 200
CAPS_BY_ERRNO = {
    errno.EFBIG: "files",
    errno.ENOSPC: "files",
    errno.EMFILE: "files",
    errno.EAGAIN: "processes",
    errno.ENOMEM: "memory",
}
UNREADABLE = ("SyntaxError", "IndentationError", "TabError")  # nothing of the file has run


@dataclass(frozen=True)
class Call:
    """What was called, for the messages.

    Attributes:
        name: the function, class, method or attribute.
        file: the stage file.
        calls: the arguments of each call, None where there are none to show.
    """

    name: str
    file: str
    calls: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]] | None = None

    def words(self, index: object = 0) -> str:
        """Return one of the calls in words."""
        if not self.calls:
            return self.name
        args, kwargs = self.calls[index if type(index) is int and 0 <= index < len(self.calls) else 0]
        return fault.call_words(self.name, args, kwargs)


def ended(call: Call, end: SealEnded, limits: Limits) -> StudentStopped:
    """Return the fault for a seal that has ended."""
    return _stopped(call.words(), call.file, end.cap, end.detail, _line_in(end.dump, call.file), limits)


def told(call: Call, words: Any, limits: Limits) -> StudentFault:
    """Return the fault that the seal tells of; its words are untrusted."""
    words = words if isinstance(words, Mapping) else {}
    kind, called = words.get("kind"), call.words(words.get("index"))
    line = _whole(words.get("line"))
    text, type_name = _short(words.get("text")), _identifier(words.get("type"))
    if kind == "missing":
        names = words.get("names")
        near = filter(None, (_identifier(name, "") for name in names)) if isinstance(names, tuple) else ()
        return fault.missing(call.name, call.file, near)
    if kind == "big":
        return _stopped(called, call.file, "reply", "", None, limits)
    if kind == "exit":
        return _stopped(called, call.file, "exit", f"sys.exit({text})", line, limits)
    cap = "memory" if type_name == "MemoryError" else CAPS_BY_ERRNO.get(_whole(words.get("errno")) or 0)
    if cap is not None:
        return _stopped(called, call.file, cap, f"{type_name}: {text}", line, limits)
    lack = _lack(words, call.file, type_name, line)
    if kind == "import":
        return StudentMissing(lack or _not_imported(call.file, type_name, text, line))
    seen = fault.raised(called, type_name, text, line, call.file)
    seen.causes = tuple(map(_identifier, causes)) if isinstance(causes := words.get("causes"), tuple) else ()
    if lack is None:
        return seen
    return StudentRaised(Message(called, lack.returned, lack.expected, look=lack.look), type_name, text, line)


def _stopped(called: str, file: str, cap: str, detail: str, line: int | None, limits: Limits) -> StudentStopped:
    """Return the fault for a passed cap or a process that ended, with the sentence that says which."""
    returned, look = {
        "time": (
            f"nothing: it waited for {fault.in_seconds(limits.idle)}, or took {limits.wall:g}, and was stopped",
            "Whether a loop there ever ends, and what it waits for",
        ),
        "cpu": (
            f"nothing in {fault.in_seconds(limits.cpu)} of processor time, so it was stopped",
            "A loop that is long or never ends",
        ),
        "memory": (f"more than {limits.memory // MB} MB of memory in all, so it was stopped", "What grows"),
        "processes": (f"more than {limits.processes} processes and threads, so it was stopped", "What starts them"),
        "output": (f"more than {limits.output // MB} MB printed, so it was stopped", "What it prints"),
        "files": ("more files, open files or room on disk than there is, so it was stopped", "What it writes"),
        "reply": ("an answer too large or too deeply nested to read, so it was stopped", "What it returns"),
        "channel": (
            "no answer that can be read: its process closed or filled what leads to the grader",
            "What ends it",
        ),
        "crash": ("nothing: its process crashed", "A recursion without end, or memory used by hand"),
        "killed": ("nothing: its process was killed", "What sends signals or ends processes"),
        "exit": ("nothing: it ended Python", "exit() or os._exit(): a function returns a value"),
    }.get(cap, ("nothing: its process ended", "What ends it"))
    shown = f"{returned} ({_short(detail)})" if detail and cap in ("crash", "exit", "files", "memory") else returned
    place = f", near line {line} of {file}" if line else ""
    expected, look = "it returns a value", f"{look}{place}."
    if called.startswith("import ") and cap in ("time", "cpu"):
        expected = f"{file} imports without running for long"
        look = f"What stands at the left margin of {file}: it runs on every import{place}."
    return StudentStopped(Message(called, shown + place, expected, look=look), cap)


def _lack(words: Mapping[str, Any], file: str, type_name: str, line: int | None) -> Message | None:
    """Return the message where a module or a name is missing that the stage file asks for."""
    module, name = _identifier(words.get("module"), ""), _identifier(words.get("name"), "")
    if not module:
        return None
    called, place = f"import {file.removesuffix('.py')}", f" (line {line} of {file})" if line else ""
    other = next((stage for stage in course().stages if stage.module == module), None)
    if other is not None and name:
        names = ", ".join(other.functions)
        look = f"Copy {name} into {file}: while this stage is graded, the model answer stands in for {other.file}."
        return Message(called, f"{other.file} has no {name}{place}", f"of {other.file} only {names}", look=look)
    if type_name == "ModuleNotFoundError":
        return no_module(module, file, line, [stage.module for stage in course().stages])
    if module == "evolution":
        return Message(called, f"evolution has no {name}{place}", IMPORTS, look=f"The spelling of {name}.")
    return None


def _not_imported(file: str, type_name: str, text: str, line: int | None) -> Message:
    place = f" (line {line} of {file})" if line else ""
    returned = f"{type_name}: {text}{place}" if text else f"{type_name}{place}"
    look = f"Run 'python {file}': Python shows the line."
    if line:
        known = hint(type_name, text)
        what = f": {known}" if known else ""
        runs = "" if type_name in UNREADABLE else ", and what the file runs by itself when it is imported"
        look = f"Line {line} of {file}{what}{runs}."
    return Message(f"import {file.removesuffix('.py')}", returned, f"{file} imports without an exception", look=look)


def _line_in(dump: bytes, file: str) -> int | None:
    """Return the innermost line of the stage file in faulthandler's words."""
    found = re.search(rb'File "[^"\n]{0,200}/%s", line (\d{1,7})' % re.escape(file.encode()), dump)
    return int(found[1]) if found else None


def _whole(number: Any) -> int | None:
    """Return a number that came from the seal, if it can be that of a line or an error."""
    return number if type(number) is int and 0 < number < 10**7 else None


def _short(text: Any) -> str:
    cleaned = fault.clean(text if isinstance(text, str) else "")
    return cleaned if len(cleaned) <= LONGEST else cleaned[: LONGEST - 1] + "…"


def _identifier(name: Any, otherwise: str = "an exception") -> str:
    """Return a name that came from the seal, if it looks like one."""
    return name if isinstance(name, str) and len(name) <= 100 and re.fullmatch(r"[\w.]+", name) else otherwise
