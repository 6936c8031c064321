"""results.json, grades.csv and the pages: exact, escaped, and read back as they were written."""

import csv
import dataclasses
import errno
import io
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.kit.message import Message
from grader.report import read_result, result_folder, write_class, write_submission
from grader.report.atomic import sweep, write_atomic
from grader.report.feedback import next_step, to_feedback
from grader.report.gradescope import from_json, to_json
from grader.report.table import to_csv
from grader.report.words import cell_name, clean, number
from grader.results import CheckResult, StageResult, SubmissionResult

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\udcff\x00=1+1\"'&{{ 7*7 }}"


def table(results: list[SubmissionResult]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(results))))


def test_the_columns_are_the_contracts(sample_class: list[SubmissionResult]) -> None:
    head = to_csv(sample_class).splitlines()[0]
    assert head == "submission,score,max_score,stage1,stage2,stage3,stage4,stage5,stage6,status,seconds"


def test_a_row_a_submission_sorted_by_name(sample_class: list[SubmissionResult]) -> None:
    rows = table(sample_class[::-1])
    assert [row["submission"].removeprefix("'") for row in rows] == sorted(result.name for result in sample_class)


def test_the_cells_of_each_status(sample_class: list[SubmissionResult]) -> None:
    rows = {row["submission"]: row for row in table(sample_class)}
    assert rows["Ada"]["score"] == "120" and rows["Ada"]["max_score"] == "100" and rows["Ada"]["stage5"] == "10"
    assert rows["Carl_12345_assignsubmission_file_"]["stage3"] == "22.5"
    assert rows["Fritz"]["status"] == "rejected" and rows["Fritz"]["score"] == "0" and rows["Fritz"]["stage4"] == "0"
    failed = rows["Gus"]
    assert failed["status"] == "failed"
    assert {failed[key] for key in failed if key == "score" or key.startswith("stage")} == {""}


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_a_name_that_is_a_formula_begins_with_an_apostrophe(name: str) -> None:
    assert cell_name(name).startswith("'")


@pytest.mark.parametrize("name", ["Ada", "1", "a=1", 'a,"b"', "Éva 名前", "x" * 255, "'=1"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert cell_name(name) == name
    assert table([SubmissionResult(name, "rejected")])[0]["submission"] == name


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
def test_marks_that_turn_a_texts_direction_are_shown_as_escapes(mark: str) -> None:
    assert clean(f"a{mark}b") == f"a\\u{ord(mark):04x}b"


def test_points_have_no_trailing_zeros() -> None:
    assert [number(value) for value in (20.0, 7.5, 40 / 3, 19.9999999, 0.0, -0.0)] == [
        "20",
        "7.5",
        "13.333",
        "20",
        "0",
        "0",
    ]


def test_results_json_has_gradescopes_fields(sample_class: list[SubmissionResult]) -> None:
    for result in sample_class:
        read = json.loads(to_json(result))
        assert {"score", "execution_time", "output", "tests", "extra_data"} <= set(read)
        for test in read["tests"]:
            assert test["status"] in ("passed", "failed")
            assert re.fullmatch(r"\d\.\d+", test["number"])
            assert 0 <= test["score"] <= test["max_score"]
            assert isinstance(test["output"], str) and test["output_format"] == "text"
        assert sorted(read["extra_data"]["stages"]) == ["1", "2", "3", "4", "5", "6"]
        assert read["extra_data"]["stages"]["5"]["max_score"] == 10
        if result.status == "graded":
            assert read["score"] == sum(test["score"] for test in read["tests"])


def test_a_stub_stands_in_each_of_its_checks_with_its_one_line(sample_class: list[SubmissionResult]) -> None:
    read = json.loads(to_json(sample_class[2]))
    outputs = {test["output"] for test in read["tests"] if test["number"].startswith("4.")}
    assert outputs == {sample_class[2].stages[3].line}


def test_a_fault_of_the_grader_has_no_score_and_shows_no_traceback(sample_class: list[SubmissionResult]) -> None:
    failed = next(result for result in sample_class if result.status == "failed")
    assert json.loads(to_json(failed))["score"] is None
    errored = CheckResult("1.1", "t", 5, "errored", 0.0, error="Traceback: secret 42")
    failed = dataclasses.replace(failed, stages=(StageResult(1, "t", 20, "graded", checks=(errored,)),))
    assert "secret" not in to_json(failed) + to_feedback(failed)


def test_a_result_is_read_back_as_it_was_written(tmp_path: Path, sample_class: list[SubmissionResult]) -> None:
    for result in sample_class:
        folder = tmp_path / str(abs(hash(result.name)))
        write_submission(result, folder)
        shown = dataclasses.replace(result, reason="") if result.status == "failed" else result
        assert read_result(folder, result.name) == shown


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"extra_data": {"schema_version": 0}}', '{"extra_data": 3}'])
def test_what_is_no_result_is_read_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "results.json").write_text(text)
    assert read_result(tmp_path) is None
    assert read_result(tmp_path / "absent") is None


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for key, value in attrs if key in ("href", "src")]


def hostile_result(text: str) -> SubmissionResult:
    message = Message(*[text] * 6)
    checks = (CheckResult("1.1", text, 20, "failed", 0.0, True, message, (text,), text),)
    stages = (
        StageResult(1, text, 20, "graded", text, text, checks, (text,)),
        StageResult(2, text, 20, "not done", text, text),
    )
    return SubmissionResult(text, "graded", stages, text, ignored=(text,), extra={"a": text})


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60) | st.just(HOSTILE))
def test_no_text_of_a_student_breaks_a_report(text: str) -> None:
    result = hostile_result(text)
    plain = Tags(to_feedback(hostile_result("plain"))).tags
    page = to_feedback(result)
    assert [tag for tag in Tags(page).tags if tag in ("script", "img", "iframe")] == []
    assert set(Tags(page).tags) <= {*plain, "code", "dd", "dt"}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", page)
    assert from_json(to_json(result), result.name).stages[0].checks[0].title == clean(text)
    rows = list(csv.reader(io.StringIO(to_csv([result]))))
    assert len(rows) == 2 and len(rows[1]) == 11


def test_the_pages_name_hostile_submissions_as_text(tmp_path: Path, sample_class: list[SubmissionResult]) -> None:
    write_class([*sample_class, hostile_result(HOSTILE)], tmp_path)
    page = (tmp_path / "index.html").read_text()
    assert "<script>alert" not in page and Tags(page).tags.count("script") == 1
    assert "49" not in re.findall(r"student|49(?=\W*})", page)


def test_the_pages_fetch_nothing(sample_class: list[SubmissionResult], tmp_path: Path) -> None:
    write_class(sample_class, tmp_path)
    pages = [(tmp_path / "index.html").read_text(), *map(to_feedback, sample_class)]
    for page in pages:
        assert not re.search(r"https?:|url\(|@import", page)
        assert "default-src &#39;none&#39;" in page
        assert not [link for link in Tags(page).links if not link.startswith(("#", "./", "grades.csv"))]


def test_links_of_the_class_page_lead_to_the_feedback(sample_class: list[SubmissionResult], tmp_path: Path) -> None:
    from urllib.parse import unquote, urlsplit

    names = ["Ada", "a b#c?d%41", "Éva 名前", "javascript:alert(1)", "index.html", "grades.csv", ".lock", "a\\b", "-x"]
    results = [dataclasses.replace(sample_class[0], name=name) for name in names]
    for result in results:
        write_submission(result, tmp_path / result_folder(result.name))
    write_class(results, tmp_path)
    links = [link for link in Tags((tmp_path / "index.html").read_text()).links if link.startswith("./")]
    assert len(links) == len(names)
    for link in links:
        assert (tmp_path / unquote(urlsplit(link).path)).is_file()
    assert len({result_folder(name) for name in [*names, "index.html_", ".lock_"]}) == len(names) + 2


def test_the_feedback_comes_in_its_order(sample_class: list[SubmissionResult]) -> None:
    page = to_feedback(sample_class[2])
    places = [
        page.index(text) for text in ("52.5", "What to do next", 'id="stage-1"', 'id="stage-6"', "What was handed in")
    ]
    assert places == sorted(places)
    assert page.index("Ignored") > places[-1]


def test_a_stage_leads_with_one_message_and_folds_the_rest(sample_class: list[SubmissionResult]) -> None:
    page = to_feedback(sample_class[2])
    stage = page[page.index('id="stage-1"') : page.index('id="stage-2"')]
    before, _, folded = stage.partition("<details>")
    assert before.count("<dl") == 1 and folded.count("<dl") == 1
    assert "1.3" in before and "1.4" not in before


def test_what_to_do_next_is_the_first_stage_that_is_not_whole(sample_class: list[SubmissionResult]) -> None:
    named = {result.name: next_step(result) for result in sample_class}
    assert named["Ada"].heading == "Nothing is left to do"
    assert named["Bo"].stage == 5 and "bonus" in named["Bo"].heading
    assert named["Carl_12345_assignsubmission_file_"].stage == 1
    assert named["Fritz"].text.startswith("The submission could not be read.")


def test_a_weaker_isolation_is_named_in_every_report(sample_class: list[SubmissionResult], tmp_path: Path) -> None:
    weaker = dataclasses.replace(sample_class[0], isolation="process")
    write_class([weaker], tmp_path)
    for page in (to_feedback(weaker), (tmp_path / "index.html").read_text()):
        assert "without a seal" in page
    assert json.loads(to_json(weaker))["extra_data"]["isolation"] == "process"


def test_an_empty_class_has_pages_too(tmp_path: Path) -> None:
    write_class([], tmp_path)
    assert (tmp_path / "grades.csv").read_text().count("\n") == 1
    assert "<strong>0</strong>" in (tmp_path / "index.html").read_text()


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_atomic(tmp_path / "a.txt", "old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomic(tmp_path / "a.txt", "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_what_a_killed_write_left_is_swept_up(tmp_path: Path) -> None:
    (tmp_path / ".writing-abc.tmp").write_text("half")
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []
