"""What to look at where student code raised: by the exception's type and text, as Python and numpy word them."""

import re

HINTS = (
    (
        ".*",
        "[Cc]an't pickle|cannot pickle|Can't get local object",
        "what is handed to the pool: it must stand at the left margin of a file",
    ),
    ("NameError|UnboundLocalError", "", "a name that has no value there: its spelling, or an import that is missing"),
    (
        "AttributeError",
        "'(int|float)' object has no attribute '(standard_)?normal'",
        "a number where a generator belongs: the order of the arguments, or their names",
    ),
    ("AttributeError", "'NoneType'", "what stands before the dot is None: nobody gave it, or nothing was returned"),
    (
        "AttributeError",
        "has no attribute",
        "the name after the dot, its spelling too, and the type of what stands before it",
    ),
    (
        "TypeError",
        "'NoneType' object is not callable",
        "what is called there is None: an argument that may be left out",
    ),
    ("TypeError", "takes no arguments", "the names of the methods: is the one that makes an object spelled right?"),
    (
        "TypeError",
        "only integer scalar arrays|an integer is required for the axis",
        "which of numpy's functions compares two things, number by number",
    ),
    ("TypeError", "^fitness got", "what the population holds, and what the functions that fill it return"),
    ("ValueError", "truth value of an array", "a whole array where one number is compared: if, and, max() or min()"),
    ("ValueError", "math domain", "a root or a logarithm of a number below zero: print that number"),
    ("ZeroDivisionError", "", "what is divided by: print it"),
    ("IndexError", "", "the place that is asked for, and how many there are"),
    ("KeyError", "", "the key, and which keys the dict has"),
    ("ValueError", "inhomogeneous|broadcast input array", "rows of different lengths: print how long each of them is"),
    ("ValueError", "not aligned|broadcast together|core dimension", "the shapes of the two arrays: print both"),
    ("AxisError", "", "how many axes the array has: print its shape"),
    ("ValueError", "values to unpack", "how many names stand left of the =, and how many values right of it"),
    ("ValueError", "Pool is still running", "the order of the pool's methods at its end"),
    ("ValueError", "Pool not running", "where the pool ends: what stands under its with, and what comes after close"),
    ("TypeError", "not iterable|not subscriptable", "what the name means there: print its type"),
    (
        "RuntimeError",
        "context has already been set",
        "what sets the start method of the whole program: that works once, and a second run is one too many",
    ),
    ("SyntaxError", "", "its brackets, quotes and colons, and those of the line before it"),
    ("IndentationError|TabError", "", "how far it is indented, beside the lines around it; tabs and spaces don't mix"),
    ("ValueError", "^step got actions", "the actions: their type, their shape, and which environment they are for"),
    ("UFuncTypeError|_UFuncOutputCastingError", "", "the dtype of the array that is written to: print it"),
    ("OverflowError", "", "a number that has grown too large: print what goes into exp() or **"),
    ("EOFError", "", "what asks for input: nobody is there to answer"),
    ("OSError", "reading from stdin", "what asks for input: nobody is there to answer"),
    ("ModuleNotFoundError", "", "the module's name; numpy, evolution, the stages and what comes with Python are there"),
)
SIGNATURE = re.compile(r"unexpected keyword argument|takes .*positional argument|missing \d+ required")


def look_at(type_name: str, text: str, line: int | None, file: str) -> str:
    """Return one thing to look at after an exception.

    Args:
        type_name: the exception's type.
        text: its own text.
        line: of the stage file, where it came from; None where no line of it had begun.
        file: the stage file's name.
    """
    if SIGNATURE.search(text):
        return (
            f"Line {line} of {file}: the arguments, and those of what is called."
            if line
            else "The arguments in the line with def: how many, and under which names."
        )
    known = hint(type_name, text)
    if line:
        return f"Line {line} of {file}: {known or 'print what it works on'}."
    return f"In {file}: {known}." if known else f"What {file} calls, and with what."


def hint(type_name: str, text: str) -> str:
    """Return what to look at in the line that raised, "" where nothing is known of that exception."""
    found = (words for kind, seen, words in HINTS if re.fullmatch(kind, type_name) and re.search(seen, text))
    return next(found, "")
