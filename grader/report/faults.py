"""Which messages are of code that gave no answer to compare: an exception, a stop, a missing name, or None."""

from ..kit.message import Message

NOTHING = "None: nothing is returned"  # as kit/message.py writes it
RAISED = ("a value", "a value and no exception")  # what kit/fault.py expects where there was an exception,
STOPPED = ("it returns", "it returns a value")  # and where a call did not come back
LONG_IMPORT = " imports without running for long"
MISSING = ("a function or class ", "imports of ", "of stage")


def fault_of(message: Message) -> str:
    """Return in a few words why there was no answer, "NameError" or "nothing is returned"; "" where there was one."""
    came, due = message.returned, message.expected
    if came == NOTHING:
        return NOTHING.removeprefix("None: ")
    if due in STOPPED or due.endswith(LONG_IMPORT):
        return "it was stopped, or ended Python"
    if due == RAISED[0]:
        return "NotImplementedError"
    if due in RAISED or due.endswith(" imports without an exception"):
        return came.partition(":")[0].partition(" (")[0]
    return came.partition(" (line ")[0] if due.startswith(MISSING) else ""
