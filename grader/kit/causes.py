"""What an exception was raised from."""

import re

MOST = 32


def causes(error: BaseException) -> tuple[str, ...]:
    """Return the names of the exceptions behind one: its causes, its contexts, the members of groups; 32 at most.

    An exception that came from a worker has those behind it only as the text of its traceback.
    """
    names: list[str] = []
    waiting, seen = [error], {id(error)}
    while waiting and len(names) < MOST:
        one = waiting.pop(0)
        names.append(type(one).__name__)
        if names[-1].endswith("RemoteTraceback"):
            names += re.findall(r"^(\w+)(?=:|$)", str(one)[:100_000], re.MULTILINE)
        context = None if one.__suppress_context__ else one.__context__  # as where it is raised "from None"
        behind = [one.__cause__, context, *(one.exceptions if isinstance(one, BaseExceptionGroup) else ())]
        waiting += [other for other in behind if other is not None and id(other) not in seen]
        seen.update(id(other) for other in waiting)
    return tuple(names[1 : MOST + 1])
