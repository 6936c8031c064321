"""The class of nbgrader's tests: submitted/<student>/evolution/, right, half right, broken and hostile."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.manifest import course
from grader.models import answer_text, edited
from grader.slips import slips_of
from grader.strip import stub_of

Notebook = dict[str, Any]

WRONG = "def forward(x, params):\n    return 0\n"
SCRIPT = "<script>document.title = 'evil'</script>"
# What takes points from nbgrader itself: no assertion stays, and every float is shown as 20.
FORGER = """
import ast
import sys

shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()


class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)


if shell:
    shell.ast_transformers.append(NoAsserts())
    shell.display_formatter.formatters["text/plain"].for_type(float, lambda x, p, c: p.text("20.0"))
"""
LOUD = "import sys\nimport warnings\n\nwarnings.warn('a word of warning')\nprint('loud', file=sys.stderr)\n"
FLOOD = "for _ in range(20_000):\n    print('x' * 100)\n"
ENDLESS = """

plain = sample_params


def sample_params(best, sigma=1.0, rng=None):
    while sigma == 0: pass  # on one line, which is then the one that a message names
    return plain(best, sigma, rng)
"""
KILL = "\n\ndef continuous_action(x, params):\n    import os\n\n    os._exit(0)\n"


def answer(stage: int) -> str:
    return answer_text(stage)


def slip(stage: int, name: str) -> str:
    return edited(stage, next(slip for slip in slips_of(stage) if slip.name == name).edits)


def stub(stage: int) -> str:
    return stub_of(answer_text(stage), course().stage(stage).file)


def released(course_folder: Path) -> Notebook:
    return json.loads((course_folder / "release" / "evolution" / "evolution.ipynb").read_text(encoding="utf-8"))


def fill(nb: Notebook, **stages: str) -> Notebook:
    """Type texts into solution cells: ``stage1=...``."""
    for name, text in stages.items():
        stage = course().stage(int(name.removeprefix("stage")))
        cell_of(nb, stage.module)["source"] = f"%%writefile {stage.file}\n{text}"
    return nb


def cell_of(nb: Notebook, grade_id: str) -> dict[str, Any]:
    return next(cell for cell in nb["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def code(text: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": metadata, "source": text, "outputs": [], "execution_count": None}


class HandIns:
    """Writes hand-ins into a course folder; ``marker`` is a file that no hand-in may ever make."""

    def __init__(self, course_folder: Path, marker: Path) -> None:
        self.course, self.marker = course_folder, marker
        self.touch = f"open({str(marker)!r}, 'w').write('student code ran outside')\n"

    def folder(self, student: str) -> Path:
        path = self.course / "submitted" / student / "evolution"
        path.mkdir(parents=True, exist_ok=True)
        return path

    def notebook(self, student: str, nb: Notebook, name: str = "evolution.ipynb") -> Path:
        nb["cells"].insert(0, code(self.touch))
        (self.folder(student) / name).write_text(json.dumps(nb), encoding="utf-8")
        return self.folder(student)

    def files(self, student: str, **stages: str) -> Path:
        for name, text in stages.items():
            file = course().stage(int(name.removeprefix("stage"))).file
            (self.folder(student) / file).write_text(text, encoding="utf-8")
        return self.folder(student)

    def write_all(self) -> None:
        for name, make in MAKERS.items():
            make(self, name)


def right_in_files(hand: HandIns, name: str) -> None:
    hand.files(name, **{f"stage{stage.number}": answer(stage.number) for stage in course().stages})


def right_in_a_notebook(hand: HandIns, name: str) -> None:
    hand.notebook(name, fill(released(hand.course), **{f"stage{n}": answer(n) for n in (1, 2, 3, 4)}))


def half_right(hand: HandIns, name: str) -> None:
    hand.notebook(name, fill(released(hand.course), stage1=slip(1, "no_biases"), stage2=slip(2, "sigma_ignored")))


def untouched(hand: HandIns, name: str) -> None:
    hand.notebook(name, released(hand.course))


def metadata_lost(hand: HandIns, name: str) -> None:
    cells = [code("import numpy as np"), code(answer(1).split("import numpy as np\n", 1)[1]), code(answer(2))]
    hand.notebook(name, {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 2})


def cells_deleted_and_doubled(hand: HandIns, name: str) -> None:
    nb = fill(released(hand.course), stage1=answer(1), stage2=answer(2))
    tests = [cell for cell in nb["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    nb["cells"] = [cell for cell in nb["cells"] if cell not in tests[:4]] + [tests[5], tests[5]]
    cell = cell_of(nb, "stage1_forward")
    nb["cells"] += [{**cell, "source": f"%%writefile stage1_forward.py\n{stub(1)}"}, {**cell, "cell_type": "markdown"}]
    cell_of(nb, "stage3_serial")["metadata"]["nbgrader"] = {"grade_id": "???", "grade": "yes", "points": -3}
    hand.notebook(name, nb)


def forges_its_grade(hand: HandIns, name: str) -> None:
    hand.notebook(name, fill(released(hand.course), stage1=FORGER + hand.touch + WRONG))


def kills_its_process(hand: HandIns, name: str) -> None:
    nb = fill(released(hand.course), stage1=answer(1) + KILL)
    nb["cells"].insert(3, code("import os\nos._exit(0)"))
    hand.notebook(name, nb)


def floods_its_output(hand: HandIns, name: str) -> None:
    hand.notebook(name, fill(released(hand.course), stage1=FLOOD + answer(1)))


def loops_for_ever(hand: HandIns, name: str) -> None:
    nb = fill(released(hand.course), stage2=answer(2) + ENDLESS)
    nb["cells"].insert(3, code("while True: pass"))
    hand.notebook(name, nb)


def not_python(hand: HandIns, name: str) -> None:
    nb = fill(released(hand.course), stage1=answer(1), stage2="def sample_params(best:\n    return (((\n")
    nb["cells"] += [
        code("pip install everything\n!rm -rf /\nif x then y"),
        code("%%bash\nrm -rf ."),
        code("\x00\ud800"),
    ]
    hand.notebook(name, nb)


def prints_a_warning(hand: HandIns, name: str) -> None:
    folder = hand.notebook(name, fill(released(hand.course), stage1=LOUD + answer(1)))
    (folder / "timestamp.txt").write_text("2030-01-02 00:00:00 UTC")


def broken_json(hand: HandIns, name: str) -> None:
    (hand.folder(name) / "evolution.ipynb").write_text('{"cells": [{"cell_type": "code", "source": [')


def broken_json_beside_files(hand: HandIns, name: str) -> None:
    (hand.files(name, stage2=answer(2)) / "evolution.ipynb").write_bytes(b"\xff\xfe not a notebook" * 10)


def renamed(hand: HandIns, name: str) -> None:
    folder = hand.notebook(name, fill(released(hand.course), stage1=answer(1)), "evolution (1).ipynb")
    (folder / "timestamp.txt").write_bytes(b"next tuesday \xff")


def markup(hand: HandIns, name: str) -> None:
    nb = fill(released(hand.course), stage1=f"'''{SCRIPT}'''\nname = {SCRIPT!r}\n" + WRONG)
    shown = [
        SCRIPT, f"```mermaid\n</pre>{SCRIPT}\n```", "![x](attachment:gone)", f"$$</p>{SCRIPT}$$",
        '[x](javascript:alert(1)) <img src=x onerror="document.title=1">', "![x](../../../gradebook.db)",
        "<link rel=stylesheet href=https://example.org/x.css>",
    ]  # fmt: skip
    nb["cells"] += [{"cell_type": "markdown", "metadata": {}, "source": text} for text in shown]
    nb["cells"] += [{"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": SCRIPT}]
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": SCRIPT, "image/png": '"' + SCRIPT}}
    nb["cells"] += [{**code("x = 1", tags=[SCRIPT], magics_language=SCRIPT), "outputs": [output]}]
    nb["metadata"] = {"widgets": {"application/vnd.jupyter.widget-state+json": {"x": SCRIPT}}, "title": SCRIPT}
    (hand.notebook(name, nb) / f"{SCRIPT.replace('/', '|')}.txt").write_text("")


def links_and_pipes(hand: HandIns, name: str) -> None:
    folder = hand.files(name, stage1=answer(1))
    os.symlink("../../right-in-a-notebook/evolution/evolution.ipynb", folder / "evolution.ipynb")
    os.symlink("../../right-in-files/evolution/stage2_sample_params.py", folder / "stage2_sample_params.py")
    os.symlink("../../../gradebook.db", folder / "evolution.db")
    os.mkfifo(folder / "pipe")
    (folder / "evolution.py").mkdir()
    (folder / "evolution.py" / "notes.txt").write_text("")
    (folder / "kit").write_text("a file where the course has a folder")


MAKERS: dict[str, Callable[[HandIns, str], None]] = {
    "right-in-files": right_in_files,
    "right-in-a-notebook": right_in_a_notebook,
    "half-right": half_right,
    "untouched": untouched,
    "metadata-lost": metadata_lost,
    "deleted-and-doubled": cells_deleted_and_doubled,
    "forger": forges_its_grade,
    "kills-its-process": kills_its_process,
    "floods": floods_its_output,
    "loops": loops_for_ever,
    "not-python": not_python,
    "late-and-loud": prints_a_warning,
    "broken-json": broken_json,
    "Жанна Чжан": broken_json_beside_files,
    "renamed": renamed,
    "markup": markup,
    "links": links_and_pipes,
}
