"""The checks of stage 4 in the seal: the model answer, beside other stages, and what they show of a pool."""

import hashlib
from pathlib import Path

import pytest

from grader.catalogue import of_stage
from grader.manifest import course
from grader.models import answer_text, edited
from grader.results import StageResult
from grader.scoring import grade
from grader.slips import slips_of
from grader.submission import StageSource, Submission

RIGHT = Path(__file__).resolve().parents[2] / "submissions" / "right"


def graded(texts: dict[int, str]) -> StageResult:
    sources = {number: StageSource(text.encode(), course().stage(number).file) for number, text in texts.items()}
    digest = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()
    result = grade(Submission("one", sources, (), digest), "bwrap")
    assert result.status == "graded", result.reason
    return result.stages[3]


def lost(stage: StageResult) -> set[str]:
    return {check.number for check in stage.checks if check.status != "passed"}


@pytest.mark.parametrize("stage3", [answer_text(3), edited(3, slips_of(3)[0].edits), "1 +", None])
def test_the_model_answer_gets_every_point_whatever_stands_in_stage_3(stage3: str | None) -> None:
    texts = {4: answer_text(4)} | ({3: stage3} if stage3 else {})
    assert lost(graded(texts)) == set()


@pytest.mark.parametrize("stage3", ["stage3__elitist_carry_over.py", "stage3__best_so_far.py"])
def test_a_working_stage_3_of_another_kind_does_not_harm_the_models_stage_4(stage3: str) -> None:
    texts = {3: (RIGHT / stage3).read_text(encoding="utf-8"), 4: answer_text(4)}
    assert lost(graded(texts)) == set()


def test_equal_to_the_students_own_stage_3_suffices() -> None:
    own = (RIGHT / "stage3__a_stream_each_member.py").read_text(encoding="utf-8")
    alike = (RIGHT / "stage4__streams_a_member.py").read_text(encoding="utf-8")
    assert lost(graded({3: own, 4: alike})) == set()


def test_another_result_than_the_own_working_stage_3_loses_that_check_alone() -> None:
    other = (RIGHT / "stage4__streams_a_member.py").read_text(encoding="utf-8")
    assert lost(graded({3: answer_text(3), 4: other})) == {"4.11"}


def test_every_visible_check_fails_on_a_known_mistake() -> None:
    caught = set()
    for name in ("generation_more", "serial_map", "history_list"):
        slip = next(slip for slip in slips_of(4) if slip.name == name)
        caught |= lost(graded({4: edited(4, slip.edits)}))
    assert {check.number for check in of_stage(4) if check.visible} <= caught


def test_the_share_of_busy_workers_is_shown() -> None:
    notes = [check.note for check in graded({4: answer_text(4)}).checks if check.note]
    assert notes == [note for note in notes if "workers tested at the same time" in note] and notes


def test_what_is_no_pool_costs_that_check_alone() -> None:
    shortcut = next(slip for slip in slips_of(4) if slip.name == "one_process_without_a_pool")
    by_hand = (RIGHT.parent / "wrong" / "stage4__a_process_a_member.py").read_text(encoding="utf-8")
    for text in (edited(4, shortcut.edits), by_hand):
        assert lost(graded({4: text})) == {"4.12"}
