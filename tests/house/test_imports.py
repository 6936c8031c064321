"""The import directions of the house, read from the code as text."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]

# Each line may import from the lines above it and from itself, never from below.
LAYERS = (
    ("kit",),
    ("lock",),
    ("manifest", "hashes", "quiet", "strip"),
    ("results", "models"),
    ("submission", "sandbox"),
    ("slips",),
    ("checks",),
    ("catalogue",),
    ("stage_run",),
    ("plugin",),
    ("scoring", "speed", "report"),
    ("run", "pool", "worker", "out_folder", "progress", "build", "release", "course_notebook", "checks_table"),
    ("nbgrader_plugin",),
    ("__main__",),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def imports(path: Path) -> Iterator[str]:
    """Yield the absolute dotted names that a file imports, relative ones resolved."""
    package = path.relative_to(HOUSE).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def files(package: str) -> list[Path]:
    return sorted((HOUSE / package).rglob("*.py"))


def test_the_reference_knows_nothing_of_the_grader_or_the_course() -> None:
    for path in files("evolution_ref"):
        wrong = [name for name in imports(path) if name.split(".")[0] in ("grader", "solutions", "evolution")]
        assert not wrong, f"{path.relative_to(HOUSE)} imports {wrong}"


@pytest.mark.parametrize("folder", ["grader/kit", "grader/checks/visible"])
def test_what_students_get_needs_only_the_standard_library_numpy_and_pytest(folder: str) -> None:
    allowed = {*sys.stdlib_module_names, "numpy", "pytest", "_pytest", "evolution"}
    for path in files(folder):
        wrong = [
            name for name in imports(path) if name.split(".")[0] not in allowed and not name.startswith("grader.kit")
        ]
        assert not wrong, f"{path.relative_to(HOUSE)} imports {wrong}"


def test_the_seal_is_imported_only_by_what_runs_submissions() -> None:
    for path in files("grader"):
        place = path.relative_to(HOUSE / "grader").parts
        users = ("stage_run.py", "speed.py", "nbgrader_plugin", "sandbox", "__main__.py")
        if place[0] not in users:
            assert not [name for name in imports(path) if name.startswith("grader.sandbox")], path


def test_imports_in_the_grader_point_upward() -> None:
    for path in files("grader"):
        place = path.relative_to(HOUSE / "grader").with_suffix("").parts
        if place[0] == "__init__":
            continue
        assert place[0] in RANK, f"{path.relative_to(HOUSE)} has no place in LAYERS: give it one"
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "grader" and len(parts) > 1 and parts[1] in RANK:
                assert RANK[parts[1]] <= RANK[place[0]], f"{path.relative_to(HOUSE)} imports {name}"
