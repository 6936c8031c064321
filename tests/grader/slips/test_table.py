"""The words of the known mistakes, and the table that shows them."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader import models
from grader.manifest import course
from grader.slips import slips_of
from grader.slips.table import rows, table_command

HOUSE = Path(__file__).resolve().parents[3]
BLAME = ("you ", "forgot", "should", "wrongly", "careless", "obviously", "simply", "just ")


@pytest.mark.parametrize("stage", (1, 2))
def test_the_words_of_a_slip_are_plain_and_give_no_answer_away(stage: int) -> None:
    code = models.answer_text(stage).split('"""')[0::2]
    lines = {line.strip() for part in code for line in part.splitlines() if len(line.strip()) > 12}
    for slip in slips_of(stage):
        for words in (slip.sentence, slip.look):
            assert words.endswith((".", "?")), words
            assert len(words.split()) <= 32, words
            assert not [blame for blame in BLAME if blame in words.lower()], words
            assert not [line for line in lines if line in words], words


def test_names_and_sentences_are_each_there_once() -> None:
    for stage in course().stages:
        slips = slips_of(stage.number)
        assert len({slip.name for slip in slips}) == len(slips)
        assert len({slip.sentence for slip in slips}) == len(slips)


def test_the_table_shows_every_slip_with_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert table_command() == 0
    shown = " ".join(capsys.readouterr().out.split())
    listed = list(rows())
    assert len(listed) == sum(len(slips_of(stage.number)) for stage in course().stages) >= 60
    for _, name, sentence, _ in listed:
        assert name in shown
        assert sentence.split()[0] in shown


def test_the_table_is_printed_by_a_command() -> None:
    done = subprocess.run([sys.executable, "-m", "grader", "slips"], cwd=HOUSE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "no_hidden_bias" in done.stdout
