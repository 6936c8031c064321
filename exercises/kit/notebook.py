"""The notebook's extension (``%load_ext kit.notebook``): cells that are files, cells that wait for a stage, points."""

import importlib.util
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .stages import StageFile, read_stages
from .stub import is_stub

POINTS_FILE = "EVOLUTION_POINTS"  # the environment variable that asks the scoreboard for its points as a file


def load_ipython_extension(shell: Any) -> None:
    """Give the notebook ``%%writefile`` with care, and ``%%needs 1 2``: a cell that runs when those stages are done."""
    stages = read_stages(Path.cwd())

    def writefile(line: str, cell: str) -> None:
        """Write the cell to a file, as IPython's own does; a filled stage file never gives way to a stub."""
        words = shlex.split(line)
        print(write(Path(words[-1]), cell, stages, append=words[0] in ("-a", "--append")))

    def needs(lines: list[str]) -> list[str]:
        """Return a cell without its ``%%needs`` line, or, while a stage is missing, a line that says so."""
        if not lines or not lines[0].startswith("%%needs "):
            return lines
        missing = [stage for stage in stages if str(stage.number) in lines[0].split() and not _is_filled(stage)]
        names = ", ".join(f"stage {stage.number}" for stage in missing)
        text = f"Not done yet: {names}. Fill in its cell above, run it, then run this cell again."
        return [f"print({text!r})\n"] if missing else lines[1:]

    shell.register_magic_function(writefile, "cell", "writefile")
    shell.input_transformers_cleanup.insert(0, needs)


def write(path: Path, text: str, stages: tuple[StageFile, ...] = (), append: bool = False) -> str:
    """Write a cell's text to a file and forget what was imported from it; return what was done.

    A stage file that is filled in is kept where the text is still a stub; where it gives way to another text, the old
    one is kept beside it as ``.bak``.
    """
    stage = next((stage for stage in stages if stage.file == path.name), None)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    text = (before if append else "") + text.rstrip("\n") + "\n"
    if stage is not None and before.strip() and before != text and not is_stub(before, stage.functions):
        if is_stub(text, stage.functions):
            return f"Kept {path}: the file is filled in and this cell is not. '%load {path}' shows it here."
        path.with_name(f"{path.name}.bak").write_text(before, encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    _forget(path, stages)
    try:
        compile(text, str(path), "exec")
    except (SyntaxError, ValueError) as error:
        place = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
        return f"Wrote {path}; it is not Python yet{place}: {error.args[0]}"
    return f"Wrote {path}"


def points(module: str) -> float:
    """Run a stage's visible checks on its file, show the scoreboard, and return the points.

    Args:
        module: the file's name without ``.py``.

    Returns:
        The stage's points, in proportion to the visible checks that pass. Hidden checks decide too when it is graded.
    """
    stage = next(stage for stage in read_stages(Path.cwd()) if stage.file == f"{module}.py")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "points.json"
        words = ["-q", "--no-header", "-p", "no:cacheprovider", "--color=no", f"test_stage{stage.number}.py"]
        environment = {**os.environ, POINTS_FILE: str(file), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            env=environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        print(run.stdout.strip())
        share = json.loads(file.read_text(encoding="utf-8")).get(str(stage.number), 0.0) if file.is_file() else 0.0
    if not _is_filled(stage):
        print(f"\n{stage.file} is not written yet. Where the cell above is filled in, run that first, then this one.")
    print(f"\nIn proportion, of this stage's {stage.points:g} points:")
    return round(share * float(stage.points), 3)


def _is_filled(stage: StageFile) -> bool:
    path = Path(stage.file)
    return path.is_file() and not is_stub(path.read_bytes(), stage.functions)


def _forget(path: Path, stages: tuple[StageFile, ...]) -> None:
    """Have the next import read the files again: the one written, and the stages, which import one another."""
    for name in (path.stem, *(stage.file.removesuffix(".py") for stage in stages)):
        sys.modules.pop(name, None)
    Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
    importlib.invalidate_caches()
