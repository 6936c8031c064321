"""Whether a stage file is still a stub, told from its text: nothing in it is run."""

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef
PLAIN = ("property", "staticmethod", "classmethod")  # what a method may be decorated with


def is_stub(source: bytes | str, functions: Iterable[str]) -> bool:
    """Return whether every function of a stage file still raises NotImplementedError.

    Args:
        source: the file; a text that is not Python is not a stub.
        functions: the contract's names, functions or classes; of a class each method counts.
            A file that defines none of them is not a stub, and neither is one that makes any of them
            by more than a plain definition at its top: it may do the work elsewhere.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    wanted = set(functions)
    bodies = list(_functions(tree, wanted))
    undone = bool(bodies) and all(_raises_not_implemented(body) for body in bodies)
    return undone and not any(_makes(node, wanted, tree.body) for node in _outside_functions(tree))


def not_done(source: bytes | str, functions: Iterable[str]) -> tuple[str, ...]:
    """Return which of the contract's names still raise NotImplementedError."""
    return tuple(name for name in functions if is_stub(source, (name,)))


def written_above(source: bytes | str, functions: Iterable[str]) -> tuple[str, ...]:
    """Return which of the contract's names have lines of their own above a ``raise NotImplementedError`` left there."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(name for name in functions if any(map(_ends_in_a_raise, _functions(tree, {name}))))


def _ends_in_a_raise(function: Function) -> bool:
    """Return whether a function's lines, after its docstring, run into ``raise NotImplementedError``."""
    lines = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return any(isinstance(line, ast.Raise) and _names_not_implemented(line.exc) for line in lines[1:])


def _functions(tree: ast.Module, names: set[str]) -> Iterator[Function]:
    """Yield the functions of those names and the methods of the classes of those names; the last definition counts."""
    last = {node.name: node for node in tree.body if isinstance(node, Definition) and node.name in names}
    for node in last.values():
        if isinstance(node, Function):
            yield node
        else:
            yield from (item for item in node.body if isinstance(item, Function))


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what is in it, without the bodies of functions and names that are only called.

    Also without what is only run as a script, and what only says what a star imports.
    """
    inside = list(ast.iter_child_nodes(node))
    match node:
        case ast.If() | ast.Assign() if ast.unparse(node).startswith(("if __name__ ==", "__all__ =")):
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            inside = [*node.decorator_list, *(part for part in ast.walk(node) if isinstance(part, ast.Global))]
        case ast.Call(func=ast.Name()):
            inside = [*node.args, *node.keywords]
    yield node
    for part in inside:
        yield from _outside_functions(part)


def _makes(node: ast.AST, names: set[str], top: list[ast.stmt]) -> bool:
    """Return whether a piece of a module can put something else in place of what has one of the names."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if name in names:
            return node not in top or bool(node.decorator_list)
        case ast.ClassDef(name=name) if name in names:
            bare = not (node.decorator_list or node.bases or node.keywords)
            return node not in top or not bare or not all(map(_is_plain, node.body))
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=name) | ast.keyword(arg=name):
            return name in names
        case ast.alias():
            return (node.asname or node.name) in names
        case ast.Global():
            return not names.isdisjoint(node.names)
    return False


def _is_plain(item: ast.stmt) -> bool:
    """Return whether a line of a class is a method, a text or a constant."""
    match item:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return all(isinstance(outer, ast.Name) and outer.id in PLAIN for outer in item.decorator_list)
        case ast.Expr(value=ast.Constant()) | ast.Assign(value=ast.Constant()) | ast.AnnAssign() | ast.Pass():
            return True
    return False


def _raises_not_implemented(function: Function) -> bool:
    """Return whether a function can only end in its ``raise NotImplementedError``."""
    raises = any(isinstance(node, ast.Raise) and _names_not_implemented(node.exc) for node in function.body)
    return raises and not any(isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) for node in ast.walk(function))


def _names_not_implemented(raised: ast.expr | None) -> bool:
    """Return whether what is raised is NotImplementedError, called or not."""
    if isinstance(raised, ast.Call):
        raised = raised.func
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
