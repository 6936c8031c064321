"""``nbgrader generate_feedback``: the sentences of feedback.html, nothing from the network, no text that is markup."""

import html
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.manifest import course
from grader.models import answer_text

HOUSE = Path(__file__).resolve().parents[2]
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def page(graded, student: str) -> str:
    return (graded.root / "feedback" / student / "evolution" / "evolution.html").read_text(encoding="utf-8")


def students(graded) -> list[str]:
    return sorted(path.name for path in (graded.root / "submitted").iterdir())


def test_every_hand_in_has_a_page(graded) -> None:
    assert sorted(path.parts[-3] for path in graded.root.glob("feedback/*/evolution/evolution.html")) == students(
        graded
    )


def sentences(text: str) -> set[str]:
    """Return what a page of the grader tells about a hand-in: its messages, its next step and its notes."""
    body = text[text.index("<main>") :]
    parts = re.findall(r'<(dd|p) class="(?:value|strong|sentence|text|text small)">(.*?)</\1>', body, re.DOTALL)
    return {html.unescape(re.sub(r"<[^>]*>", "", part)).strip() for _, part in parts}


def test_a_page_has_the_sentences_of_the_graders_own(graded) -> None:
    compared = 0
    for student in students(graded):
        own = graded.root / "by-grader" / student / "feedback.html"
        wanted = sentences(own.read_text(encoding="utf-8"))
        assert wanted <= sentences(page(graded, student)), student
        compared += len(wanted)
    assert compared > 100


def test_a_page_fetches_nothing_and_runs_nothing(graded) -> None:
    for student in students(graded):
        text = page(graded, student)
        assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in html.unescape(text)
        assert not re.search(r"<(script|link|img|iframe|object|embed|form|base)\b|\bon\w+=|url\(|@import", text), (
            student
        )
        assert not re.search(r'(?:src|href)="(?!#)', text), student


def test_what_a_student_wrote_is_shown_as_text(graded) -> None:
    text = page(graded, "markup")
    shown = html.unescape(re.sub(r"<[^>]*>", "", text))
    assert "<script>document.title = 'evil'</script>" in shown
    assert text.count("<title>") == 1


@pytest.mark.skipif(BROWSER is None and not os.environ.get("CI"), reason="needs Chromium: apt-get install chromium")
def test_a_browser_runs_nothing_of_a_student(graded, tmp_path: Path) -> None:
    assert BROWSER is not None, "the tests in CI need Chromium"
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--dump-dom"]
    path = graded.root / "feedback" / "markup" / "evolution" / "evolution.html"
    done = subprocess.run([BROWSER, *options, path.as_uri()], capture_output=True, text=True, timeout=120, check=True)
    assert "<title>markup – feedback</title>" in done.stdout and "<script" not in done.stdout


def given_away(answer: str) -> list[str]:
    """Return the lines that only a model answer has: those between its markers that say something of their own."""
    lines, inside = [], False
    for line in answer.splitlines():
        if "SOLUTION" in line:
            inside = "BEGIN" in line
        elif inside and len(line.strip()) > 30 and not line.strip().startswith("#"):
            lines.append(line.strip())
    return lines


def hidden_lines() -> set[str]:
    """Return the code of the hidden checks, without what they share with the visible ones."""
    checks = HOUSE / "grader" / "checks"
    hidden, visible = (
        {line.strip() for path in (checks / kind).glob("*.py") for line in path.read_text().splitlines()}
        for kind in ("hidden", "visible")
    )
    return {line for line in hidden - visible if len(line) > 60 and "(" in line and line[0] not in "\"'f"}


def test_no_model_answer_and_no_hidden_check_reaches_a_student(graded) -> None:
    answers = [line for stage in course().stages for line in given_away(answer_text(stage.number))]
    hidden = hidden_lines()
    assert len(answers) > 20 and len(hidden) > 100
    paths = [path for path in (graded.root / "release").rglob("*") if path.is_file()]
    for student in ("untouched", "markup", "broken-json", "renamed"):
        paths += [path for step in ("autograded", "feedback") for path in (graded.root / step / student).rglob("*.*")]
    assert len(paths) > 40
    for path in paths:
        text = html.unescape(path.read_bytes().decode("utf-8", "replace"))
        text = re.sub(r"<[^>]*>", "", text) if path.suffix == ".html" else text
        assert not [line for line in [*answers, *hidden] if line in text], path


def test_no_page_shows_anothers_work(graded) -> None:
    for student in students(graded):
        text = page(graded, student)
        assert not [other for other in students(graded) if other != student and f">{other}<" in text]
