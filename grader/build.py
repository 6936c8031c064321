"""Writes what is generated: exercises/ and course/, from solutions/, the visible checks, grader/kit/ and assets/."""

import re
from collections.abc import Iterator
from pathlib import Path

from .course_notebook import notebook, pictures
from .manifest import ROOT, SOLUTIONS, course
from .models import answer_text
from .strip import stub_of

KIT, VISIBLE = ROOT / "grader" / "kit", ROOT / "grader" / "checks" / "visible"
GENERATED = ("test_stage*.py", "kit/*.py", "assets/*.png")  # of these, none may lie there that no source gives

CONFTEST = '''"""Gives the checks your stage files, and ends a run with the scoreboard."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from kit.scoreboard import register  # noqa: E402  (found beside this file)


def pytest_configure(config):
    """Put the scoreboard in."""
    register(config, HERE)
'''
# Large plugins that the checks have no use for would double the time of a run, where they are installed.
PYTEST_INI = "[pytest]\naddopts = -q --no-header -p no:hypothesispytest -p no:anyio\npython_functions = test_*\n"


def build_command(check: bool = False, root: Path = ROOT) -> int:
    """Write exercises/ and course/, or with ``check`` only compare them; return the exit status."""
    files = {**exercises(), **course_folder()}
    differing = [name for name, content in files.items() if _content(root / name) != content]
    stray = [name for name in _present(root) if name not in files]
    if not check:
        for name in differing:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(files[name])
        for name in stray:
            (root / name).unlink()
    for name in sorted([*differing, *stray]):
        print(f"{'differs' if check else 'removed' if name in stray else 'written'}: {name}")
    if check and (differing or stray):
        print("exercises/ or course/ is not what its sources give: run 'python -m grader build'")
        return 1
    return 0


def exercises(folder: str = "exercises") -> dict[str, bytes]:
    """Return what students get, by its path from the project's root."""
    files = {f"{folder}/{name}": content for name, content in _beside().items()}
    for stage in course().stages:
        files[f"{folder}/{stage.file}"] = stub_of(answer_text(stage.number), stage.file).encode()
    files[f"{folder}/evolution.ipynb"] = notebook(answers=False).encode()
    rows = "\n".join(
        f"| `{stage.file}` | {stage.title} | {stage.points:g}{' (bonus)' if stage.bonus else ''} |"
        for stage in course().stages
    )
    files[f"{folder}/README.md"] = text("exercises.md").replace("STAGES", rows).encode()
    return files


def course_folder() -> dict[str, bytes]:
    """Return nbgrader's course folder; no file but the notebook, which nbgrader strips, holds an answer."""
    source = f"course/source/{course().name}"
    files = {f"{source}/{name}": content for name, content in _beside().items()}
    files[f"{source}/evolution.ipynb"] = notebook(answers=True).encode()
    files["course/nbgrader_config.py"] = (SOLUTIONS / "course" / "nbgrader_config.py").read_bytes()
    files["course/README.md"] = text("course.md").encode()
    return files


def text(name: str) -> str:
    """Return one of the texts of solutions/texts/."""
    return (SOLUTIONS / "texts" / name).read_text(encoding="utf-8")


def _beside() -> dict[str, bytes]:
    """Return what lies beside the notebook wherever it goes."""
    files = {f"kit/{path.name}": path.read_bytes() for path in sorted(KIT.glob("*.py"))}
    for path in sorted(VISIBLE.glob("test_stage*.py")):
        files[path.name] = re.sub(r"\bgrader\.kit\b", "kit", path.read_text(encoding="utf-8")).encode()
    files["stages.toml"] = (SOLUTIONS / "manifest.toml").read_bytes()
    files["evolution.py"] = (SOLUTIONS / "evolution.py").read_bytes()
    files["conftest.py"], files["pytest.ini"] = CONFTEST.encode(), PYTEST_INI.encode()
    for name in pictures():
        files[name] = (ROOT / name).read_bytes()
    return files


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _present(root: Path) -> Iterator[str]:
    """Yield the files of generated kinds that lie there, by their path from the root; any other file is let be."""
    for folder in ("exercises", f"course/source/{course().name}"):
        for pattern in GENERATED:
            for path in sorted((root / folder).glob(pattern)):
                yield path.relative_to(root).as_posix()
