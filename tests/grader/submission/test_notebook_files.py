"""Notebook files: as handed out, with the answers in place, broken, old, or made to stall the reader."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from notebooks import FILLED, Read, cell, run

from grader.kit.stub import is_stub
from grader.manifest import ROOT, course
from grader.models import answer_text
from grader.submission import Found, Rejected, read_submission


def test_the_notebook_as_it_is_handed_out_holds_six_stubs(tmp_path: Path) -> None:
    shutil.copy(ROOT / "exercises" / "evolution.ipynb", tmp_path)
    submission = read_submission(Found("alice", tmp_path))
    assert sorted(submission.stages) == [1, 2, 3, 4, 5, 6]
    for stage in course().stages:
        assert is_stub(submission.stages[stage.number].text, stage.functions)


def test_the_notebook_with_the_answers_in_place_holds_them(tmp_path: Path) -> None:
    table = json.loads((ROOT / "exercises" / "evolution.ipynb").read_text())
    for row in table["cells"]:
        grade_id = row["metadata"].get("nbgrader", {}).get("grade_id", "")
        for stage in course().stages:
            if grade_id == stage.module:
                row["source"] = f"%%writefile {stage.file}\n{answer_text(stage.number)}"
    (tmp_path / "evolution.ipynb").write_text(json.dumps(table))
    submission = read_submission(Found("alice", tmp_path))
    assert {number: source.text.decode() for number, source in submission.stages.items()} == {
        stage.number: answer_text(stage.number) for stage in course().stages
    }


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage", b"[]", b"3", b"null", b'{"cells": 3}', b'{"nbformat": 4}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_broken_notebook_is_rejected_unless_files_are_there(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "evolution.ipynb").write_bytes(content)
    with pytest.raises(Rejected, match=r"notebook|cells"):
        read_submission(Found("alice", tmp_path))
    (tmp_path / "stage1_forward.py").write_text(FILLED)
    submission = read_submission(Found("alice", tmp_path))
    assert sorted(submission.stages) == [1]
    assert "evolution.ipynb" in submission.ignored[0]


def test_format_3_byte_order_marks_and_odd_cells_are_read(tmp_path: Path) -> None:
    rows: list[Any] = [{"cell_type": "code", "input": FILLED}, None, 3, {"cell_type": 3, "source": {}}, {}]
    table = {"nbformat": 3, "worksheets": [{"cells": rows}, None, {"cells": 4}]}
    (tmp_path / "evolution.ipynb").write_bytes(b"\xef\xbb\xbf" + json.dumps(table).encode())
    assert run(read_submission(Found("alice", tmp_path)), 1).forward(0, 0) == 1


@pytest.mark.parametrize(
    "source",
    [
        "%a\n" * 20_000,
        " " * 250_000,
        "\n" * 250_000,
        "?" * 250_000,
        "x = [" * 50_000,
        "a = 1; " * 35_000,
        "-" * 200_000 + "1",
        "x" + ".y" * 100_000,
        "x" + "+ y" * 80_000,
        "%%writefile " + "'" * 100_000,
        "#" * 250_000,
        "#coding" * 35_000,
        "x = [" + "1," * 20_000 + "]\n" + "%m\n" * 99,
        "x = f'" + "{a}" * 80_000 + "'",
        ";".join(["a = 1"] * 1900) + "#" + "x" * 230_000,
        ",".join(f"a{i}" for i in range(20_000)) + " = 1\n" + "\n".join(f"b{i} = b{i + 1}" for i in range(1000)),
        "x = [" + "".join(f"a{i}, lambda: 0," for i in range(12_000)) + "]",
        "from " + "m" * 100_000 + " import " + ",".join(["a"] * 70_000),
    ],
)
def test_a_cell_made_to_stall_the_reader_does_not(read: Read, source: str) -> None:
    submission = read(cell(source), cell(FILLED))
    assert run(submission, 1).forward(0, 0) == 1


def test_a_cell_made_to_exhaust_the_parser_is_no_answer(read: Read) -> None:
    submission = read(cell("import a" + ".a" * 300_000 + "\n" + FILLED, "stage1_forward"), cell(FILLED))
    assert submission.stages[1].origin == "evolution.ipynb, cell 2"


def test_a_notebook_with_too_much_code_is_rejected_but_its_texts_do_not_count(read: Read) -> None:
    image = cell("x" * 300_000, kind="markdown")
    assert run(read(image, cell(FILLED)), 1).forward(0, 0) == 1
    with pytest.raises(Rejected, match="more than 256 kB of code"):
        read(cell("#" * 300_000), cell(FILLED))


def test_an_encoding_that_only_the_written_file_begins_with_is_seen(read: Read) -> None:
    submission = read(cell("%%writefile stage1_forward.py\n\n# coding: punycode\n" + FILLED))
    assert submission.stages == {}
    assert "punycode" in submission.ignored[0]
