"""index.html and feedback.html in headless Chromium: sorting, filtering, a phone's width, no script of a student."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.report import result_folder, write_class, write_submission
from grader.results import SubmissionResult

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if BROWSER is None and not os.environ.get("CI"):
    pytest.skip("needs Chromium: apt-get install chromium", allow_module_level=True)

OPTIONS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-extensions"),
    *("--allow-file-access-from-files", "--virtual-time-budget=4000", "--dump-dom"),
]
REPORT = "const said = document.createElement('pre'); said.id = 'said'; document.body.append(said);"
NAMES = "Array.from(document.querySelectorAll('#class tbody tr')).filter(r => !r.hidden).map(r => r.dataset.name)"


@pytest.fixture
def out(tmp_path: Path, sample_class: list[SubmissionResult]) -> Path:
    folder = tmp_path / "grades"
    folder.mkdir()
    results = [result for result in sample_class if "/" not in result.name]
    for result in results:
        write_submission(result, folder / result_folder(result.name))
    write_class(results, folder)
    return folder


def browse(page: Path, profile: Path) -> str:
    """Return a page's document after its scripts have run."""
    assert BROWSER is not None, "the tests in CI need Chromium"
    command = [BROWSER, *OPTIONS, f"--user-data-dir={profile}", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def drive(out: Path, script: str) -> list[str]:
    """Return the lines that a script says after the class page's own script has run, in a copy that lets it in."""
    page = (out / "index.html").read_text()
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    page = page.replace("</body>", f"<script>{REPORT}{script}</script></body>")
    (out / "driven.html").write_text(page)
    document = browse(out / "driven.html", out.parent / "profile")
    said = re.search(r'<pre id="said">(.*?)</pre>', document, re.DOTALL)
    assert said is not None, "the script did not end"
    return said[1].splitlines()


def say(expression: str) -> str:
    return f"said.textContent += {expression} + '\\n';"


def click(column: int) -> str:
    return f"document.querySelectorAll('#class thead th button')[{column}].click();"


def choose(field: str, value: str) -> str:
    return (
        f"document.getElementById('{field}').value = '{value}';"
        f"document.getElementById('{field}').dispatchEvent(new Event('input', {{bubbles: true}}));"
    )


def test_the_pages_own_script_runs_under_its_own_policy_and_no_other_does(out: Path, tmp_path: Path) -> None:
    document = browse(out / "index.html", tmp_path / "profile")
    count = document.count("<tr data-name=")
    assert count == 24 and f"{count} of {count} shown" in document
    assert document.count("<button") == 10
    page = out / "index.html"
    page.write_text(page.read_text().replace("</main>", "<script>document.title = 'evil'</script></main>"))
    assert "<title>evil" not in browse(page, tmp_path / "profile")


def test_headings_sort_the_table_both_ways_and_say_so(out: Path) -> None:
    scores = "Array.from(document.querySelectorAll('#class tbody tr td:nth-child(2)')).map(c => c.dataset.value)"
    sort = "document.querySelectorAll('#class thead th')[1].getAttribute('aria-sort')"
    lines = drive(out, click(1) + say(scores) + say(sort) + click(1) + say(scores) + say(sort) + click(0) + say(NAMES))
    down, up = ([float(value) for value in lines[place].split(",")] for place in (0, 2))
    assert down == sorted(down, reverse=True) and down[0] == 120 and down[-1] == -1
    assert up == sorted(up)
    assert (lines[1], lines[3]) == ("descending", "ascending")
    names = lines[4].split(",")
    assert names.index("ada") < names.index("bo") < names.index("student 00") < names.index("student 15")


def test_the_table_is_filtered_by_name_status_and_check(out: Path) -> None:
    lines = drive(
        out,
        choose("filter-name", "ADA") + say(NAMES) + say("document.getElementById('shown').textContent")
        + choose("filter-name", "") + choose("filter-status", "rejected") + say(NAMES)
        + choose("filter-status", "") + choose("filter-check", "1.1") + say(NAMES)
        + choose("filter-name", "nobody") + say(f"{NAMES}.length"),
    )  # fmt: skip
    assert lines[0] == "ada" and lines[1].startswith("1 of ")
    assert lines[2] == "fritz"
    assert lines[3] == "dora"
    assert lines[4] == "0"


def test_a_narrow_screen_sorts_by_a_list(out: Path) -> None:
    change = "const list = document.getElementById('sort'); list.value = '1'; list.dispatchEvent(new Event('change'));"
    lines = drive(out, change + say(f"{NAMES}[0]") + click(0) + say("document.getElementById('sort').value"))
    assert lines == ["ada", "0"]


@pytest.mark.parametrize("width", [390, 660])  # a phone's, and just too wide for the rules of narrow screens
@pytest.mark.parametrize("page", ["index.html", "Carl_12345_assignsubmission_file_/feedback.html"])
def test_no_page_scrolls_sideways(out: Path, tmp_path: Path, page: str, width: int) -> None:
    (out / "phone.html").write_text(
        f"<body><iframe src='{page}' width={width} height=844></iframe><pre id=said></pre><script>"
        "onload = () => { const root = document.querySelector('iframe').contentDocument.documentElement;"
        "document.getElementById('said').textContent = root.clientWidth + ' ' + root.scrollWidth; }</script>"
    )
    said = re.search(r'<pre id="said">(\d+) (\d+)</pre>', browse(out / "phone.html", tmp_path / "profile"))
    assert said is not None
    assert int(said[2]) <= int(said[1]) and width - 90 < int(said[1]) <= width


def test_the_browser_finds_no_script_in_the_names_of_a_class(out: Path, tmp_path: Path) -> None:
    document = browse(out / "index.html", tmp_path / "profile")
    assert document.count("<script") == 1
