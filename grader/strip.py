"""Cuts the model answers out of the stage files: what stands between the markers becomes a stub."""

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")  # nbgrader's own, so that both ways give one stub


class MarkerError(ValueError):
    """Markers that do not pair; the text names the file and the line."""


def stub_of(text: str, file: str) -> str:
    """Return a stage file with every answer replaced by a stub.

    Args:
        text: a stage file with its model answers between markers.
        file: its name, for the errors.

    Raises:
        MarkerError: a begin without an end, an end without a begin, one inside another, or none at all.
    """
    kept: list[str] = []
    begun = 0
    for number, line in enumerate(text.splitlines(), start=1):
        word = line.strip()
        if BEGIN.lstrip("# ") in word:
            _expect(word == BEGIN and not begun, file, number, word)
            begun = number
            indent = line[: len(line) - len(line.lstrip())]
            kept += [indent + row for row in STUB]
        elif END.lstrip("# ") in word:
            _expect(word == END and bool(begun), file, number, word)
            begun = 0
        elif not begun:
            kept.append(line)
    if begun:
        raise MarkerError(f"{file}, line {begun}: '{BEGIN}' has no '{END}'; add one where the answer ends")
    if not any(row.strip() == STUB[0] for row in kept):
        raise MarkerError(f"{file}: no '{BEGIN}'; mark the answer, or students get it")
    return "\n".join(kept) + "\n"


def _expect(right: bool, file: str, number: int, word: str) -> None:
    if not right:
        raise MarkerError(
            f"{file}, line {number}: {word!r} stands alone; a '{BEGIN}' and an '{END}' pair, never one in another"
        )
