"""The student's bundle: nothing in it that should not be, whole or not there, and it runs on its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from answers import answer_lines

from grader import release as release_module
from grader.build import exercises
from grader.manifest import course
from grader.models import answer_text
from grader.release import ReleaseRefused, bundle, release, release_command, requirements
from grader.slips import slips_of

HOUSE = Path(__file__).resolve().parents[2]
GIVEN = {path.name: path.read_text(encoding="utf-8") for path in (HOUSE / "solutions").glob("evolution.py")}


def lines_of(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}


def bundle_texts() -> dict[str, str]:
    return {name: content.decode() for name, content in bundle().items() if not name.endswith((".png", ".gif"))}


def in_the_bundle(phrase: str, texts: dict[str, str]) -> list[str]:
    """Return the files that hold a phrase, a notebook's strings read as what they stand for."""
    escaped = phrase.replace("\\", "\\\\").replace('"', '\\"')
    return [name for name, text in texts.items() if (escaped if name.endswith(".ipynb") else phrase) in text]


def test_no_line_of_an_answer_is_in_the_bundle() -> None:
    texts = bundle_texts()
    given = texts.pop("exercises/evolution.py")
    leaked = {
        line: files
        for stage in course().stages
        for line in answer_lines(answer_text(stage.number))
        # shorter lines, like "history = []", and lines that are given anyway give nothing away
        if len(line) > 20 and line not in given and (files := in_the_bundle(line, texts))
    }
    assert not leaked


def test_no_hidden_check_is_in_the_bundle() -> None:
    texts = bundle_texts()
    for path in sorted((HOUSE / "grader" / "checks" / "hidden").glob("test_*.py")):
        visible = "".join(p.read_text(encoding="utf-8") for p in (HOUSE / "grader" / "checks" / "visible").glob("*.py"))
        own = [line for line in lines_of(path.read_text(encoding="utf-8")) if line.startswith(("def test_", "@check"))]
        assert own, path
        leaked = [line for line in own if line not in visible and in_the_bundle(line, texts)]
        assert not leaked, path
        assert not in_the_bundle(path.name, texts)


def test_no_slip_is_in_the_bundle() -> None:
    texts = bundle_texts()
    for stage in course().stages:
        for slip in slips_of(stage.number):
            assert not in_the_bundle(slip.sentence, texts), slip.name
            if len(slip.name) > 12:
                assert not in_the_bundle(slip.name, texts), slip.name


def test_nothing_in_the_bundle_imports_the_grader_or_the_reference_without_asking() -> None:
    for name, text in bundle_texts().items():
        if name.startswith("exercises/"):
            assert not [line for line in lines_of(text) if line.startswith(("import grader", "from grader"))], name
            assert "evolution_ref" not in text or name.endswith(".md"), name


def test_the_bundle_installs_the_projects_own_requirements() -> None:
    names = [line.split(">")[0] for line in requirements().splitlines()]
    assert names == ["numpy", "gymnasium", "pygame-ce", "pytest", "pillow", "matplotlib"]
    assert "#" not in requirements()


def test_a_folder_with_something_in_it_is_refused_and_let_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert release_command(tmp_path) == 2
    assert "has something in it" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bundle").write_text("a file")
    with pytest.raises(ReleaseRefused, match="that is a file"):
        release(tmp_path / "bundle")


def test_a_disk_that_fills_up_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "requirements.txt":
            raise OSError(28, "No space left on device")
        return written(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ReleaseRefused, match="No space left on device; nothing was written"):
        release(tmp_path / "bundle")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(release_module.os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        release(tmp_path / "bundle")
    assert list(tmp_path.iterdir()) == []


def test_the_bundle_runs_on_its_own(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()  # an empty folder is as good as none
    release(tmp_path / "bundle")
    assert {name.split("/", 1)[1] for name in exercises()} <= {
        path.relative_to(tmp_path / "bundle" / "exercises").as_posix()
        for path in (tmp_path / "bundle" / "exercises").rglob("*")
    }
    output = run(tmp_path / "bundle", "-m", "pytest", "exercises/")
    assert "Stage 1  The forward pass" in output and "not done yet" in output


def test_an_agent_of_the_bundle_can_be_watched_once_stage_1_is_done(tmp_path: Path) -> None:
    release(tmp_path / "bundle")
    folder = tmp_path / "bundle" / "exercises"
    (folder / course().stage(1).file).write_text(answer_text(1), encoding="utf-8")
    evolve = (
        "from evolution import initialize_parameters, save_params\n"
        "save_params(initialize_parameters(4, 10, 2), 'CartPole-v0', 'first')\n"
    )
    (folder / "mine.py").write_text(evolve)
    run(folder, "mine.py")
    run(folder.parent, "render.py", "--env_id", "CartPole-v0", "--agent_id", "first", "--save", "first.gif")
    assert (folder.parent / "first.gif").read_bytes().startswith(b"GIF8")


def run(folder: Path, *words: str) -> str:
    """Run Python in the bundle, which can't see the project's own folder, and return what it printed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=clean, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
