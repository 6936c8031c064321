"""Whether a stage file is still a stub, told from its text: nothing in it is run."""

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_stub(source: bytes | str, functions: Iterable[str]) -> bool:
    """Return whether every function of a stage file still raises NotImplementedError.

    Args:
        source: the file; a text that is not Python is not a stub.
        functions: the contract's names, functions or classes; of a class each method counts.
            A file that defines none of them is not a stub.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    wanted = set(functions)
    bodies = list(_functions(tree, wanted))
    return bool(bodies) and all(_raises_not_implemented(body) for body in bodies)


def not_done(source: bytes | str, functions: Iterable[str]) -> tuple[str, ...]:
    """Return which of the contract's names still raise NotImplementedError."""
    return tuple(name for name in functions if is_stub(source, (name,)))


def _functions(tree: ast.Module, names: set[str]) -> Iterator[Function]:
    """Yield the functions of those names and the methods of the classes of those names; the last definition counts."""
    last = {node.name: node for node in tree.body if isinstance(node, Function | ast.ClassDef) and node.name in names}
    for node in last.values():
        if isinstance(node, Function):
            yield node
        else:
            yield from (item for item in node.body if isinstance(item, Function))


def _raises_not_implemented(function: Function) -> bool:
    """Return whether a function can only end in its ``raise NotImplementedError``."""
    raises = any(isinstance(node, ast.Raise) and _names_not_implemented(node.exc) for node in function.body)
    return raises and not any(isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) for node in ast.walk(function))


def _names_not_implemented(raised: ast.expr | None) -> bool:
    """Return whether what is raised is NotImplementedError, called or not."""
    if isinstance(raised, ast.Call):
        raised = raised.func
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
