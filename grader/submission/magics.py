"""A notebook cell's text freed of magics and shell lines, as IPython reads them."""

import ast
import re
import shlex

_LANGUAGES = """bash cmd cython file html HTML javascript js julia latex markdown perl pypy python python2 python3 R
ruby script sh sql svg SVG sx system writefile"""
_OTHER_LANGUAGES = frozenset(_LANGUAGES.split())  # the body of any other cell magic, %%time or %%needs, is Python
_MAGIC_LINE = re.compile(r"^\s*([%!?]|.*\?\s*$|[\w\s,.\[\]()*]*=\s*[%!])")
_SURE_MAGIC = re.compile(r"[%!?]|[\w.]+\?\??\s*$|[\w\s,.\[\]()*]*=\s*[%!]")  # where a statement begins, never Python
_CELL_MAGIC = re.compile(r"^%%(\w+)([^\n]*)(?:\n|$)")
MAX_LINE = 2000
LEAST_MAGICS, MOST_MAGICS = 8, 100
MAX_PARSED = 400_000  # characters over all tries: a usual cell may have a hundred magics, a huge one eight
UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


def written_file(text: str) -> tuple[str, str, bool] | None:
    """Return a file's name, its text, and whether it is appended to, where a cell is a ``%%writefile``; else None."""
    match = _CELL_MAGIC.match(text.lstrip("\n"))
    if match is None or match[1] not in ("writefile", "file"):
        return None
    try:
        words = shlex.split(match[2])
    except ValueError:
        words = match[2].split()
    names = [word for word in words if not word.startswith("-")]
    name = names[-1].replace("\\", "/").rpartition("/")[2] if names else ""
    return name, text.lstrip("\n")[match.end() :], bool({"-a", "--append"} & set(words))


def python_of(text: str) -> str | None:
    """Return a cell's Python without magics; "" where it is in another language, None where it does not parse."""
    text = _dedent(text)
    match = _CELL_MAGIC.match(text)
    if match is not None:
        if match[1] in _OTHER_LANGUAGES:
            return ""
        text = text[match.end() :]
    return _without_magics(text)


def _dedent(text: str) -> str:
    """Return the text from its first line that is not blank on, less that line's indentation, as IPython reads it."""
    lines = text.split("\n")
    blank = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    del lines[:blank]
    indent = _indent(lines[0], " \t") if lines else ""
    return "\n".join(line.removeprefix(indent) for line in lines)


def _indent(line: str, spaces: str | None = None) -> str:
    """Return the spaces that a line begins with, of any kind or only some."""
    return line[: len(line) - len(line.lstrip(spaces))]


def _without_magics(text: str) -> str | None:
    """Return the text with each magic or shell line that stops it from parsing replaced by ``pass``."""
    lines = _without_sure_magics(text.split("\n"))
    for _ in range(min(MOST_MAGICS, max(LEAST_MAGICS, MAX_PARSED // (len(text) + 1)))):
        try:
            ast.parse("\n".join(lines))
            return "\n".join(lines)
        except SyntaxError as error:
            row = (error.lineno or 0) - 1
            if not 0 <= row < len(lines) or len(lines[row]) > MAX_LINE or not _MAGIC_LINE.match(lines[row]):
                return None
            lines[row] = _indent(lines[row]) + "pass"
        except UNPARSABLE:
            return None
    return None


def _without_sure_magics(lines: list[str]) -> list[str]:
    """Return the lines with all that must be magics replaced at once, as they are where that gives no Python.

    A line of a longer text or expression that only looks like a magic is none: its ``pass`` is no statement.
    """
    sure = {row for row, line in enumerate(lines) if len(line) <= MAX_LINE and _SURE_MAGIC.match(line.lstrip())}
    if not sure or _tree(lines) is not None:
        return lines
    tree = _tree(_passed(lines, sure))
    held = {node.lineno - 1 for node in ast.walk(tree) if isinstance(node, ast.Pass)} if tree else set()
    return _passed(lines, sure & held)


def _passed(lines: list[str], rows: set[int]) -> list[str]:
    return [_indent(line) + "pass" if row in rows else line for row, line in enumerate(lines)]


def _tree(lines: list[str]) -> ast.Module | None:
    try:
        return ast.parse("\n".join(lines))
    except UNPARSABLE:
        return None
