"""Texts of students made safe to show, numbers made plain, and the folder that a submission's report goes to."""

import os
import re
import unicodedata
from urllib.parse import quote

MAX_TEXT = 4000
RESERVED = frozenset({"grades.csv", "index.html", ".lock"})
_FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """Return a text without control characters, lone surrogates and marks that turn its direction, cut to ``limit``."""
    shown = "".join(_shown(character) for character in text[: limit + 1])
    return shown if len(text) <= limit else shown[:limit] + " …"


def _shown(character: str) -> str:
    if character == "\n":
        return character
    kind = unicodedata.category(character)
    if (
        kind == "Cs"
        or kind == "Cc"
        or character in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
    ):
        return character.encode("unicode_escape", "backslashreplace").decode()
    return character


def clean_name(name: str) -> str:
    """Return a submission's name on one line, as it is shown everywhere."""
    return clean(name).replace("\n", "\\n")


def cell_name(name: str) -> str:
    """Return a name as a cell of the CSV: one that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{clean_name(name)}" if name.lstrip(" ")[:1] in tuple(_FORMULA_STARTS) else clean_name(name)


def result_folder(name: str) -> str:
    """Return the name of a submission's folder in ``--out``: its own, with a ``_`` where that is the grader's."""
    plain = name.rstrip("_").casefold()
    device = os.name == "nt" and _WINDOWS_DEVICES.fullmatch(plain)
    return f"{name}_" if plain in RESERVED or device else name


def link_to(name: str, file: str = "feedback.html") -> str:
    """Return the relative address of a file in a submission's folder, safe inside an attribute."""
    return "./" + quote(os.fsencode(result_folder(name))) + "/" + file


def number(value: float) -> str:
    """Return a number of points without trailing zeros: 20, 7.5, 13.333."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
