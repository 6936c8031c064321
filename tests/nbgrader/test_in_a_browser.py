"""formgrader and the menu of JupyterLab in headless Chromium, on a real server."""

import importlib.util
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browser
import pytest
from nbgrader.api import Gradebook

if (browser.PROGRAM is None or importlib.util.find_spec("websocket") is None) and not os.environ.get("CI"):
    pytest.skip("needs Chromium: apt-get install chromium", allow_module_level=True)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with browser.browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shots")


@pytest.fixture(scope="module")
def course(graded, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("formgrader") / "course"
    shutil.copytree(graded.root, root, symlinks=True, ignore=lambda folder, names: {"pipe"} & set(names))
    return type(graded)(root, graded.marker)


@pytest.fixture(scope="module")
def address(course) -> Iterator[Any]:
    with browser.jupyter(course.root, course.environment()) as address:
        yield address


def test_lab_opens_formgrader_with_the_assignment(page, address, shots: Path) -> None:
    page.open(address("lab"))
    page.wait("window.jupyterapp && window.jupyterapp.commands.hasCommand('nbgrader:open-formgrader')")
    page.wait("window.jupyterapp.restored.then(() => true)")
    page.evaluate("window.jupyterapp.commands.execute('nbgrader:open-formgrader')")
    inside = "Array.from(document.querySelectorAll('iframe')).map(f => f.contentDocument.body.innerText).join(' ')"
    page.wait(f"{inside}.includes('evolution') && {inside}.includes('Manage Assignments')")
    page.shoot(shots / "lab.png")


def test_formgrader_lists_every_hand_in_with_its_score(page, address, course, shots: Path) -> None:
    page.open(address("formgrader/manage_submissions/evolution"))
    page.wait("document.body.innerText.includes('Жанна Чжан') && document.querySelectorAll('tbody tr').length > 5")
    text = browser.plain(page.text())
    for folder in (course.root / "submitted").iterdir():
        assert folder.name in text
    assert "120 / 120" in text and "31 / 120" in text
    assert "needs manual grading" not in text
    page.shoot(shots / "submissions.png")


def test_formgrader_shows_points_per_cell_and_takes_a_manual_score(page, address, course, shots: Path) -> None:
    page.open(address(f"formgrader/submissions/{submission(course, 'half-right')}/"))
    page.wait("document.querySelectorAll('input.score').length == 6")
    fields = "Array.from(document.querySelectorAll('input.score')).map(f => f.placeholder)"
    page.wait(f"{fields}.every(text => text !== '')")
    assert [float(points) for points in page.evaluate(fields)] == [15, 16, 0, 0, 0, 0]
    assert "Neither layer has a bias" in page.text()
    page.shoot(shots / "half-right.png")
    page.evaluate("$('#test_stage1_forward').val('17.5').trigger('change')")
    page.wait("$('#test_stage1_forward').closest('.nbgrader_cell').find('.score-saved').is(':visible')")
    browser.wait_for(lambda: grade(course, "half-right", "test_stage1_forward") == 17.5, "the manual score")
    page.evaluate("document.getElementById('test_stage1_forward').scrollIntoView()")
    page.shoot(shots / "override.png")


def test_formgrader_runs_nothing_of_a_student(page, address, course, shots: Path) -> None:
    page.open(address(f"formgrader/submissions/{submission(course, 'markup')}/"))
    page.wait("document.querySelectorAll('input.score').length == 6")
    assert page.evaluate("document.title") != "evil" and page.evaluate("document.title") != "1"
    assert page.evaluate("document.querySelectorAll('.text_cell script, .text_cell link').length") == 0
    assert page.evaluate("document.querySelectorAll('a[href^=\"javascript:\"], .text_cell [onerror]').length") == 0
    assert "<script>document.title = 'evil'</script>" in page.text()
    page.shoot(shots / "markup.png")


def test_formgraders_own_button_grades_in_the_seal(page, address, course) -> None:
    page.open(address("formgrader/manage_submissions/evolution"))
    row = "Array.from(document.querySelectorAll('tbody tr')).find(r => r.innerText.includes('Жанна Чжан'))"
    page.wait(f"{row} && {row}.querySelector('.autograde a')")
    page.evaluate(f"{row}.querySelector('.autograde a').click()")
    page.wait("document.body.innerText.includes('Successfully autograded') || document.querySelector('.modal.in')")
    assert "Success" in page.text() and "as graded before" in page.text()
    assert grade(course, "Жанна Чжан", "test_stage2_sample_params") == 20
    assert not course.marker.exists()


def test_a_student_validates_the_released_notebook_from_labs_toolbar(page, graded, tmp_path: Path, shots: Path) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(graded.root / "release" / "evolution", desk)
    with browser.jupyter(desk, graded.environment()) as address:
        page.open(address("lab/tree/evolution.ipynb"))
        buttons = "Array.from(document.querySelectorAll('.jp-NotebookPanel-toolbar .jp-ToolbarButtonComponent'))"
        button = f"{buttons}.find(button => button.innerText.trim() === 'Validate')"
        page.wait(f"{button} && document.querySelector('.jp-NotebookPanel .jp-Cell')")
        page.wait("window.jupyterapp && window.jupyterapp.restored.then(() => true)")
        page.evaluate(f"{button}.click()")
        text = page.wait("document.querySelector('.jp-Dialog') && document.querySelector('.jp-Dialog').innerText")
        assert "failed" in text.lower() and "points(" in text
        page.shoot(shots / "validate.png")
    cells = json.loads((desk / "evolution.ipynb").read_text(encoding="utf-8"))["cells"]
    assert any("points(" in "".join(cell["source"]) for cell in cells)


def submission(course: Any, student: str) -> str:
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as gradebook:
        return str(gradebook.find_submission_notebook("evolution", "evolution", student).id)


def grade(course: Any, student: str, cell: str) -> float:
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as gradebook:
        return float(gradebook.find_grade(cell, "evolution", "evolution", student).score)
