"""Builds a small class of submissions, right, wrong and hostile: ``python tests/submissions/small_class.py DIR``."""

import argparse
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from attacks import ATTACKS
from wrong_cmaes import WRONG_CMAES

from grader.manifest import course
from grader.models import answer_text, edited
from grader.slips import slips_of

CORPUS = Path(__file__).resolve().parent

# The ten mistakes that people make most: folder, stage, name of the slip.
COMMON_MISTAKES = (
    ("no-bias", 1, "no_biases"),
    ("no-relu", 1, "no_relu"),
    ("argmin", 1, "argmin"),
    ("same-noise-for-all-keys", 2, "same_noise_every_key"),
    ("sigma-ignored", 2, "sigma_ignored"),
    ("history-of-means", 3, "history_of_means"),
    ("best-of-the-first-generation", 3, "first_best_kept"),
    ("seed-ignored", 3, "seed_ignored"),
    ("pool-a-generation", 4, "pool_a_generation"),
    ("threads", 4, "threads"),
)

# The attacks that the class shows, each before a right stage 1.
SHOWN = (
    "results_json_everywhere", "daemon_by_double_fork", "allclose_always_true", "fork_bomb", "hard_exit_at_import",
)  # fmt: skip


def answers() -> dict[str, str]:
    """Return the model answer of every stage by file name."""
    return {stage.file: answer_text(stage.number) for stage in course().stages}


def mistaken(stage: int, slip_name: str) -> dict[str, str]:
    """Return the model answers with one slip in one stage."""
    slip = next(slip for slip in slips_of(stage) if slip.name == slip_name)
    return {**answers(), course().stage(stage).file: edited(stage, slip.edits)}


def corpus_of(kind: str) -> Iterator[tuple[str, int, str]]:
    """Yield (name, stage, text) of the corpus: the files of right/ or wrong/, and wrong edits of a model answer."""
    for path in sorted((CORPUS / kind).glob("stage*__*.py")):
        stage, _, name = path.stem.removeprefix("stage").partition("__")
        yield name, int(stage), path.read_text(encoding="utf-8")
    if kind == "wrong":
        for name, _, edits in WRONG_CMAES:
            yield name, 5, edited(5, edits)


def notebook(files: dict[str, str]) -> str:
    """Return a notebook whose solution cells hold the files."""
    cells = [
        {
            "cell_type": "code",
            "id": name.removesuffix(".py").replace("_", "-"),
            "metadata": {"nbgrader": {"grade_id": name.removesuffix(".py"), "solution": True}},
            "execution_count": None,
            "outputs": [],
            "source": f"%%writefile {name}\n{text}",
        }
        for name, text in files.items()
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def write(folder: Path, files: dict[str, str]) -> None:
    """Write one submission."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def build(folder: Path) -> None:
    """Write the whole class into a folder; what stands there of it already is written anew."""
    write(folder / "all-right", answers())
    write(folder / "right-in-a-notebook", {"evolution.ipynb": notebook(answers())})
    write(folder / "nothing-handed-in", {"notes.txt": "I could not find the time.\n"})
    write(folder / "only-stage-1", {course().stage(1).file: answer_text(1)})
    for name, stage, slip_name in COMMON_MISTAKES:
        write(folder / name, mistaken(stage, slip_name))
    with zipfile.ZipFile(folder / "right-in-an-archive.zip", "w") as archive:
        for name, text in answers().items():
            archive.writestr(f"homework/{name}", text)
    (folder / "broken-archive.zip").write_bytes(b"PK\x03\x04 this is no archive")
    for attack in ATTACKS:
        if attack.name in SHOWN:
            code = attack.code + answer_text(1)
            write(folder / f"hostile-{attack.name.replace('_', '-')}", {**answers(), course().stage(1).file: code})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build a small class of submissions, right, wrong and hostile.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="where the class is written")
    build(parser.parse_args().folder)
