"""What a stage file may import, in words, and the message where it asks for another module."""

import ast
import sys
from collections.abc import Collection
from difflib import get_close_matches

from .message import Message

IMPORTS = "imports of the standard library, numpy, evolution and the functions of other stages alone"


def unknown_module(source: bytes, file: str, stages: Collection[str]) -> Message | None:
    """Return the message for the first module that is not there when a stage file is graded, None where there is none.

    Only plain imports at the left margin count: one in a function, or under ``try``, may be meant to fail.

    Args:
        source: the stage file.
        file: its name.
        stages: the names of the stages' modules.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    known = {*sys.stdlib_module_names, *stages, "numpy", "evolution"}
    for node in tree.body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for module in (name.split(".")[0] for name in names):
            if module not in known:
                return no_module(module, file, node.lineno, stages)
    return None


def no_module(module: str, file: str, line: int | None, stages: Collection[str]) -> Message:
    """Return the message where a stage file asks for a module that is not there."""
    look = f"Do it without {module}, or copy what you need of it into {file}."
    if near := _nearest(module, stages):
        look = f"The name: {near} is one."
    place = f" (line {line} of {file})" if line else ""
    return Message(f"import {file.removesuffix('.py')}", f"there is no module {module}{place}", IMPORTS, look=look)


def _nearest(module: str, stages: Collection[str]) -> str:
    """Return the stage's module whose name a wrong one begins, or nearly is; "" where none is near."""
    begun = [name for name in stages if len(module) > 5 and name.startswith(module)]
    return next(iter(begun or get_close_matches(module, stages, 1, 0.7)), "")
