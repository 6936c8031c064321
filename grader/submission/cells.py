"""One notebook cell: its statements, and the names that they bind and use."""

import ast
import re
import symtable
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .magics import MAX_LINE, UNPARSABLE, python_of, written_file

MAX_STATEMENTS = 2000
MAX_SCOPES = 1_000_000


@dataclass(frozen=True)
class Statement:
    """One top-level statement.

    Attributes:
        text: its source.
        defines: names that it binds anew.
        changes: names whose value it needs and alters: ``x += 1``, ``TABLE[k] = v``, ``SIZES.append(3)``.
        eager: global names that are read as the statement runs.
        uses: all global names that it reads, those inside function bodies included.
        root: names that it binds by ``def``, ``class`` or ``name = …``, as an answer does.
        firm: those of them that are surely functions or classes: bound by ``def``, ``class`` or a lambda.
        module: the imported module's name; None for all but imports.
        star: whether it is ``from module import *``.
    """

    text: str
    line: int
    defines: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    eager: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    root: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()
    module: str | None = None
    star: bool = False


@dataclass(frozen=True)
class Binding:
    """The places of a cell's statements that bind one name (:attr:`Statement.defines`, ``root``) or change it."""

    defines: list[int] = field(default_factory=list)
    root: list[int] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """One cell: its place (counted from 1), kind, text as written, and grade_id where it has one."""

    place: int
    code: bool
    text: str
    grade_id: str = ""

    @cached_property
    def written_file(self) -> tuple[str, str, bool] | None:
        """The file's name, its text, and whether it is appended to, where the cell is a ``%%writefile``; else None."""
        return written_file(self.text)

    @cached_property
    def python(self) -> str | None:
        """The cell's Python without magics; "" where the cell is in another language, None where it does not parse."""
        return python_of(self.text)

    @cached_property
    def parsed(self) -> tuple[Statement, ...] | None:
        """Its top-level statements; none where it is in another language, None where it does not parse."""
        if self.python is None:
            return None
        try:
            return tuple(_statements(self.python))
        except UNPARSABLE:
            return None

    @cached_property
    def bindings(self) -> dict[str, "Binding"]:
        """For each name that its statements bind or change, which of them do."""
        found = defaultdict[str, Binding](Binding)
        for index, statement in enumerate(self.statements):
            for name in statement.defines:
                found[name].defines.append(index)
            for name in statement.root:
                found[name].root.append(index)
            for name in statement.changes:
                found[name].changes.append(index)
        return dict(found)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Its top-level statements; none where it does not parse."""
        return self.parsed or ()

    def seems_to_define(self, names: Iterable[str]) -> bool:
        """Say whether ``def name`` or ``class name`` stands in its text, be it Python or not."""
        return any(
            re.search(rf"^[ \t]*(async[ \t]+def|def|class)[ \t]+{name}\b", self.text, re.MULTILINE) for name in names
        )


def _statements(text: str) -> Iterator[Statement]:
    nodes = ast.parse(text).body
    if len(nodes) > MAX_STATEMENTS:
        raise ValueError(f"more than {MAX_STATEMENTS} statements in a cell")
    lines = text.split("\n")
    encoded = [line.encode() for line in lines]
    for index, node in enumerate(nodes):
        first = min([node.lineno] + [decorator.lineno for decorator in getattr(node, "decorator_list", ())])
        last = node.end_lineno or node.lineno
        alone = (index == 0 or (nodes[index - 1].end_lineno or 0) < first) and (
            index + 1 == len(nodes) or nodes[index + 1].lineno > last
        )
        source = "\n".join(lines[first - 1 : last]) if alone else _cut(encoded, node)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from _imports(node)
        elif not isinstance(node, (ast.Delete, ast.Pass)) and not _is_text(node):
            yield _statement(node, source, first)


def _cut(lines: list[bytes], node: ast.stmt) -> str:
    """Return a statement's source from a cell's encoded lines; its columns count bytes."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    rows = lines[first : last + 1]
    rows[-1] = rows[-1][: node.end_col_offset]
    rows[0] = rows[0][node.col_offset :]
    return b"\n".join(rows).decode()


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _imports(node: ast.Import | ast.ImportFrom) -> Iterator[Statement]:
    """Yield one statement for each name imported, since a stage may use one and not the next."""
    if len(node.names) > MAX_STATEMENTS or len(getattr(node, "module", None) or "") > MAX_LINE:
        raise ValueError("an import of too many names, or from a module with too long a name")
    for alias in node.names:
        bound = alias.asname or alias.name.split(".")[0]
        if isinstance(node, ast.Import):
            module, single = alias.name, ast.unparse(ast.Import([alias]))
        else:
            module = "." * node.level + (node.module or "")
            single = ast.unparse(ast.ImportFrom(node.module, [alias], node.level))
        star = alias.name == "*"
        yield Statement(single, node.lineno, frozenset() if star else frozenset({bound}), module=module, star=star)


def _statement(node: ast.stmt, source: str, line: int) -> Statement:
    table = symtable.symtable(source, "cell", "exec")
    symbols = _symbols(table)
    stored = {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}
    read = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    changes = _changed(node)
    if isinstance(node, ast.AugAssign):
        changes |= stored
        stored = set()
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    root = {target.id for target in targets if isinstance(target, ast.Name)}
    firm = root if isinstance(getattr(node, "value", None), ast.Lambda) else set()
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        root = firm = {node.name}
    elif isinstance(node, (ast.If, ast.Try, ast.With)):
        inside = (part.name for part in ast.walk(node) if isinstance(part, (ast.FunctionDef, ast.ClassDef)))
        root = firm = stored.intersection(inside)
    return Statement(
        source,
        line,
        defines=frozenset(stored),
        changes=frozenset(changes),
        eager=frozenset(read | _globals_of(table, lazy=False)),
        uses=frozenset(read | changes | _globals_of(table, lazy=True)),
        root=frozenset(root),
        firm=frozenset(firm),
    )


def _symbols(table: symtable.SymbolTable) -> list[symtable.Symbol]:
    """Return the names of a scope; the library looks through all scopes inside for each of them."""
    if len(table.get_identifiers()) * len(table.get_children()) > MAX_SCOPES:
        raise ValueError("too many names and scopes in one statement")
    return table.get_symbols()


def _globals_of(table: symtable.SymbolTable, lazy: bool) -> set[str]:
    """Return the global names read in the scopes inside; function bodies only where ``lazy``."""
    found: set[str] = set()
    for child in table.get_children():
        named = child.get_name() not in ("genexpr", "listcomp", "setcomp", "dictcomp", "<genexpr>")
        if child.get_type() == "function" and named and not lazy:
            continue
        found |= {symbol.get_name() for symbol in _symbols(child) if symbol.is_global()}
        found |= _globals_of(child, lazy)
    return found


def _changed(node: ast.stmt) -> set[str]:
    """Return the names whose object is altered in place: stored into, or a method called for its effect."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return set()
    changed: set[str] = set()
    for part in ast.walk(node):
        holder: ast.expr | None = None
        if isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, ast.Store):
            holder = part.value
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            holder = part.value.func.value if isinstance(part.value.func, ast.Attribute) else None
        while isinstance(holder, (ast.Attribute, ast.Subscript)):
            holder = holder.value
        if isinstance(holder, ast.Name):
            changed.add(holder.id)
    return changed
