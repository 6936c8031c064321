"""What a check sees of a student's stage: one object with the contract's functions, sealed or local.

Values that come back are plain: None, bool, int, float, str, numpy scalars and arrays, lists, tuples and
dicts of those; anything else arrives as an Opaque that names its type and holds nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np

from .message import CheckFailed, Message
from .plain import Opaque, Rng
from .run import Problem, Run

__all__ = [
    "Opaque",
    "Reply",
    "Rng",
    "Student",
    "StudentFault",
    "StudentMissing",
    "StudentNotDone",
    "StudentRaised",
    "StudentStopped",
    "remembered",
]

Found = TypeVar("Found")


@dataclass(frozen=True)
class Reply:
    """What a call gave back.

    Attributes:
        value: the value returned.
        args: the positional arguments as they are after the call, to see whether they were changed.
        kwargs: the keyword arguments as they are after the call.
    """

    value: Any
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] | None = None


class StudentFault(CheckFailed):
    """The student's code did not return: the check fails with this message unless it expects the fault."""

    kind = "fault"

    def __init__(self, message: Message, **facts: Any) -> None:
        super().__init__(message, {"fault": self.kind, **facts})


class StudentRaised(StudentFault):
    """The student's code raised an exception (``type_name``, ``text`` cut and cleaned, ``line`` in the stage file)."""

    kind = "raised"
    causes: tuple[str, ...] = ()  # the names of the exceptions that it was raised from
    trace: str = ""  # on a student's own machine: the traceback from the stage file on

    def __init__(self, message: Message, type_name: str, text: str = "", line: int | None = None) -> None:
        super().__init__(message, exception=type_name)
        self.type_name, self.text, self.line = type_name, text, line


class StudentNotDone(StudentRaised):
    """The function raised NotImplementedError: it is still a stub."""

    kind = "not done"
    waits_for: str = ""  # the other stage that is still a stub, where the exception came from there


class StudentMissing(StudentFault):
    """The stage file does not define the function, or could not be imported (the message says which name)."""

    kind = "missing"
    at_import: bool = False  # on a student's own machine: whether nothing of the file can be called


class StudentStopped(StudentFault):
    """The process ended or was ended: ``cap`` is "time", "cpu", "memory", "processes", "output", "exit", …."""

    kind = "stopped"

    def __init__(self, message: Message, cap: str) -> None:
        super().__init__(message, cap=cap)
        self.cap = cap


class Student(Protocol):
    """One stage of one submission, ready to be called; the other stages are the model answers.

    Attributes:
        memo: what several checks of the stage look at, by name (see remembered).
        numbers: the generators that those were made with, by the same names, as they were before.
    """

    memo: dict[str, Any]
    numbers: dict[str, np.random.Generator]

    def call(self, function: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a function of the stage file; raise a StudentFault where it does not return."""

    def call_many(
        self, function: str, calls: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]], /, *, late: bool = False
    ) -> list[Reply]:
        """Make many calls in one exchange; each entry is (args, kwargs). The first fault is raised.

        With ``late`` the values are as they are after the last call: one that a later call has changed shows.
        """

    def call_and_overwrite(self, function: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a function, then overwrite every array that it returned.

        The value is as it was returned. The arguments are as they are after both: an argument whose memory the value
        shares has changed.
        """

    def import_again(self) -> None:
        """Import the stage file once more, as a new process would, with all that it makes at its top level."""

    def new(self, class_name: str, /, *args: Any, **kwargs: Any) -> str:
        """Make an object of a class of the stage file, kept where the student's code runs; return its handle."""

    def given(self, handle: str, /) -> Reply:
        """Return the arguments that a kept object was made with as they are now, to see whether they were changed."""

    def method(self, handle: str, name: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a method of a kept object."""

    def get(self, handle: str, attribute: str, /) -> Any:
        """Return an attribute of a kept object."""

    def evolve(
        self,
        function: str,
        problem: Problem,
        /,
        *args: Any,
        rendezvous: int | None = None,
        start_method: str | None = None,
        watch_generations: bool = False,
        **kwargs: Any,
    ) -> Run:
        """Call evolve_serial or evolve_parallel on a problem that the checks answer for; return all that was seen.

        ``fitness`` and ``init`` are made from the problem; generations, pop_size, sigma, seed, … stand in ``args`` (in
        the contract's order) or in ``kwargs``.

        Args:
            function: the name of the evolve function.
            problem: answers for every member and every fitness, outside the student's process.
            rendezvous: answer no call of fitness until that many different worker processes wait, or a second has
                passed with nobody new; the rounds are counted in Run.rounds. None: answer at once.
            start_method: make this multiprocessing's default start method in the student's process first.
            watch_generations: pass an ``on_generation`` that records each of its calls.
        """

    def processor_seconds(self) -> float:
        """Return the processor time that the student's processes have used, in seconds, seen from outside."""

    def seed_global(self, seed: int, /, *, drawn: bool = False) -> None:
        """Set the state of ``random`` and of ``numpy.random``'s global functions in the student's process.

        With ``drawn`` each call of fitness in that process draws from both, until the next call of this.
        """

    def stage(self, number: int, /) -> "Student | None":
        """Return another stage of the same submission as the student wrote it, None where it was not handed in."""


def remembered(
    student: Student, name: str, rng: np.random.Generator, make: Callable[[np.random.Generator], Found]
) -> Found:
    """Return what several checks of one stage look at, made by the first of them that asks.

    It is made with a generator of its own, which ``student.numbers`` keeps: another student who gets those draws the
    same numbers in every check, whichever of them asked first.
    """
    if name not in student.memo:
        if name not in student.numbers:
            student.numbers[name] = rng.spawn(1)[0]
        student.memo[name] = make(deepcopy(student.numbers[name]))
    found: Found = student.memo[name]
    return found
