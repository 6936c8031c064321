"""The one form of every message to a student, and the exception that carries it out of a check."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

Facts = Mapping[str, Hashable]


@dataclass(frozen=True)
class Message:
    """What a student reads about one failed check, every part a plain sentence or a short phrase.

    Attributes:
        called: what was called and with what, "forward(x, params) with x of shape (4,)".
        returned: what came back, "an array of shape (1, 2)".
        expected: what should have come back, "an array of shape (2,)".
        differs: where the two first differ, "entry [0]: 0.31 against 0.52"; may be empty.
        slip: the known mistake that gives just this, filled in by the diagnosis; may be empty.
        look: one thing to look at or to try next, never the line of code that is right.
    """

    called: str
    returned: str
    expected: str
    differs: str = ""
    slip: str = ""
    look: str = ""

    def text(self) -> str:
        """Return the message as lines of plain text."""
        rows = (
            ("Called", self.called),
            ("Got", self.returned),
            ("Expected", self.expected),
            ("First difference", self.differs),
            ("What it looks like", self.slip),
            ("Look at", self.look),
        )
        return "\n".join(f"{label}: {value}" for label, value in rows if value)


@dataclass(eq=False)
class CheckFailed(AssertionError):
    """A check found the student's code wrong.

    Attributes:
        message: what the student reads.
        facts: what was seen, for the diagnosis: names and hashable values, floats already rounded.
            A slip fits when a run of it fails the same check with equal facts, or when the signs
            that it declares are all among the facts.
    """

    message: Message
    facts: Facts = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.text()


def fail(
    called: str,
    returned: str,
    expected: str,
    *,
    differs: str = "",
    look: str = "",
    facts: Facts | None = None,
    part: bool = False,
) -> NoReturn:
    """End a check: the student's code is wrong. The arguments are those of Message and CheckFailed.

    Where a call gives None, that is all there is to say, whatever was looked for; not where what was read
    is a `part` only, an attribute or an entry of a dict.
    """
    if returned.split(":")[0] == "None" and not part:
        returned, differs, facts = "None: nothing is returned", "", {"returned": "None"}
        look = "how the function ends: what it prints, or keeps in a variable, is not returned"
    message = Message(called=called, returned=returned, expected=expected, differs=differs, look=look)
    raise CheckFailed(message, dict(facts or {}))
