"""From a solution cell to a stage file: the cell's own functions, and what they use of the student's other cells."""

import builtins
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..kit.stub import is_stub
from ..manifest import Stage, course
from .cells import Cell, Statement

Pick = tuple[int, int]
_IMPORTABLE = frozenset(sys.stdlib_module_names) | {"numpy", "evolution"}


@dataclass
class Gathering:
    """The statements that one stage needs.

    Attributes:
        stage: the stage that is made.
        unit: the solution cell.
        cells: all cells of the notebook whose names the solution cell can use.
        shared: names of other stages that the same cell answers: those are the model's.
    """

    stage: Stage
    unit: Cell
    cells: Sequence[Cell]
    shared: frozenset[str] = frozenset()
    picks: set[Pick] = field(default_factory=set)
    models: dict[str, str] = field(default_factory=dict)
    came: dict[str, int] = field(default_factory=dict)
    _missing: bool = False

    def gather(self) -> None:
        """Pick every statement that the stage's functions need, directly or through another."""
        self.by_place = {cell.place: cell for cell in self.cells}
        self.binders = defaultdict[str, list[Cell]](list)
        for cell in self.cells:
            for name in cell.bindings:
                self.binders[name].append(cell)
        todo, done = list(self.stage.functions), set[str]()
        while todo:
            name = todo.pop()
            if name not in done:
                done.add(name)
                todo += self._provide(name)
        if self._missing:
            self._pick_stars()

    def _provide(self, name: str) -> list[str]:
        """Pick what binds a name; return the names that this uses in turn."""
        model = _model_of(name, self.stage)
        if model and (name in self.shared or not _binding(self.unit, name, strictly=True)):
            self.models[name] = model
            return []
        used: list[str] = []
        holders = self._holders(name)
        for cell in holders:
            chosen = _binding(cell, name, strictly=name in _contract_names())
            for index in chosen:
                if (cell.place, index) not in self.picks:
                    self.picks.add((cell.place, index))
                    used += cell.statements[index].uses
            if cell is not self.unit:
                self.came[name] = cell.place
            if name not in cell.statements[chosen[0]].eager:
                return used
        if not holders and not hasattr(builtins, name):
            self._missing = True
        return used

    def _holders(self, name: str) -> list[Cell]:
        """Return the cells that bind a name, the one that counts first."""
        strictly = name in _contract_names()
        others = [cell for cell in self.binders.get(name, ()) if cell is not self.unit]
        later = [cell for cell in others if cell.place > self.unit.place]
        earlier = [cell for cell in others if cell.place < self.unit.place]
        if _binding(self.unit, name, strictly):
            order = [self.unit, *reversed(earlier), *reversed(later)]
        else:
            order = [*reversed(later), *reversed(earlier)]
        holders = [cell for cell in order if _binding(cell, name, strictly)]
        if name in self.stage.functions:  # a stub never wins over a filled function
            holders.sort(key=lambda cell: _is_stub_of(cell, name))
        return holders

    def _pick_stars(self) -> None:
        known = _IMPORTABLE | {stage.module for stage in course().stages}
        for cell in self.cells:
            for index, statement in enumerate(cell.statements):
                if statement.star and statement.module and statement.module.split(".")[0] in known:
                    self.picks.add((cell.place, index))

    def text(self) -> tuple[str, int]:
        """Return the stage file's text, and how many lines stand in it before the solution cell's own."""
        ordered = [(place, self.by_place[place].statements[index]) for place, index in sorted(self.picks)]
        own = [statement for place, statement in ordered if place == self.unit.place]
        bound = frozenset().union(*(statement.defines for statement in own))
        before: list[str] = []
        after: list[str] = []
        for place, statement in ordered:
            if statement.module == "__future__":
                continue
            if place != self.unit.place:
                needs_own = place > self.unit.place and statement.uses & bound
                (after if needs_own else before).append(statement.text)
        future = [item.text for cell in self.cells for item in cell.statements if item.module == "__future__"]
        imports = [f"from {module} import {name}" for name, module in sorted(self.models.items())]
        head = [*dict.fromkeys(future), *imports, *before]
        lines = "\n".join(head).split("\n") if head else []
        own_lines = _in_place([statement for statement in own if statement.module != "__future__"])
        return "\n".join([*lines, *own_lines, *after]) + "\n", len(lines)

    def remarks(self, lines_before: int) -> tuple[str, ...]:
        """Return what to tell the student about how the cell was read."""
        remarks = []
        if self.came:
            came = ", ".join(f"{name} (cell {place})" for name, place in sorted(self.came.items()))
            remarks.append(f"Came along from other cells, since this stage uses it: {came}.")
        if self.models:
            remarks.append(f"Taken from the model answers, as every other stage is: {', '.join(sorted(self.models))}.")
        if lines_before:
            remarks.append(f"Line 1 of the cell is line {lines_before + 1} in the messages.")
        rest = [item for i, item in enumerate(self.unit.statements) if (self.unit.place, i) not in self.picks]
        dropped = sorted({statement.line for statement in rest if statement.module is None})
        if dropped:
            shown = ", ".join(map(str, dropped[:12])) + (", …" if len(dropped) > 12 else "")
            remarks.append(f"Left out, since the stage's functions do not use it: the cell's line {shown}.")
        return tuple(remarks)


def _contract_names() -> frozenset[str]:
    return frozenset(name for stage in course().stages for name in stage.functions)


def _model_of(name: str, stage: Stage) -> str:
    """Return the module of the other stage whose contract has the name, "" where there is none."""
    return next((other.module for other in course().stages if other != stage and name in other.functions), "")


def _binding(cell: Cell, name: str, strictly: bool) -> list[int]:
    """Return which statements of a cell bind or change a name, none where it is changed only.

    Args:
        cell: the cell to look into.
        name: the name.
        strictly: take only ``def``, ``class``, ``import`` and ``name = …``, not a name unpacked from a tuple.
    """
    found = cell.bindings.get(name)
    if found is None:
        return []
    imports = [index for index in found.defines if cell.statements[index].module is not None]
    bound = sorted({*found.root, *imports}) if strictly else found.defines
    if not bound or imports:
        return bound
    return sorted({*bound, *(index for index in found.changes if index > bound[0])})


def _is_stub_of(cell: Cell, name: str) -> bool:
    text = "\n".join(statement.text for statement in cell.statements if name in statement.root)
    return is_stub(text, (name,))


def _in_place(statements: Iterable[Statement]) -> list[str]:
    """Return the statements on the lines where they stand in their cell; what was left out is blank."""
    lines: list[str] = []
    for statement in statements:
        first, *rest = statement.text.split("\n")
        lines += [""] * (statement.line - len(lines))
        at = statement.line - 1
        lines[at:] = [f"{lines[at]}; {first}" if lines[at] else first, *rest]
    return lines
