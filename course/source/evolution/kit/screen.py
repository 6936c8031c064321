"""Text as a terminal of some width and encoding can show it."""

import textwrap


def cut(text: str, room: int) -> str:
    """Return a text that fits the room."""
    return text if len(text) <= room else text[: room - 1] + "…"


def wrapped(text: str, width: int, indent: str) -> list[str]:
    """Return a text as lines for a terminal of this width."""
    return textwrap.wrap(text, max(20, min(width - 1, 110)), initial_indent=indent, subsequent_indent=indent)


def labelled(line: str, width: int) -> list[str]:
    """Return "Label: value" with the values of all labels under one another, where there is room."""
    label, colon, value = line.partition(": ")
    if not colon or len(label) > 18:
        return wrapped(line, width, "    ")
    if width < 72:
        return wrapped(f"{label}: {value}", width, "  ")
    lines = textwrap.wrap(value, min(width - 1, 110) - 24) or [""]
    return [f"    {label:<18}  {lines[0]}", *(f"{'':<24}{more}" for more in lines[1:])]


def printable(text: str, encoding: str) -> str:
    """Return the text as the terminal's encoding can show it."""
    plain = text.replace("…", "~").replace("×", "x").replace("–", "-")
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError:
        return plain.encode(encoding, "replace").decode(encoding)
