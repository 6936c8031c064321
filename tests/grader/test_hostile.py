"""Attacks of every class in the real seal: no point is forged and none of an honest answer's is lost."""

from functools import partial
from pathlib import Path

import pytest
from attacks import ATTACKS, SPOOFS

from grader import stage_run
from grader.models import answer_text
from grader.sandbox import Limits, open_student
from grader.scoring import grade
from grader.submission import StageSource, Submission

WRONG = """
def forward(x, params):
    return {value}

def discrete_action(x, params):
    return {value}

def continuous_action(x, params):
    return {value}
"""


def score(text: str) -> float:
    """Return the points of a stage 1 handed in alone."""
    source = text.encode("utf-8", "surrogatepass")
    result = grade(Submission("hostile", {1: StageSource(source, "stage1_forward.py")}, (), "0" * 64), "bwrap")
    assert result.status == "graded", result.reason
    assert sum(stage.score for stage in result.stages[1:]) == 0
    return result.stages[0].score


def names(some: tuple) -> list:
    return [pytest.param(one, id=f"{one.kind}-{one.name}".replace(" ", "_")) for one in some]


@pytest.mark.parametrize("attack", names(ATTACKS))
def test_an_attack_earns_nothing_for_a_wrong_answer(attack, monkeypatch: pytest.MonkeyPatch) -> None:
    less = partial(open_student, limits=Limits(cpu=3.0, idle=3.0))  # some attacks go on until a cap is passed
    monkeypatch.setattr(stage_run, "open_student", less)
    assert score(attack.code + WRONG.format(value="None")) == 0


@pytest.mark.parametrize("attack", names(tuple(one for one in ATTACKS if one.harmless)))
def test_an_attack_that_leaves_the_code_alone_costs_nothing(attack) -> None:
    assert score(attack.code + answer_text(1)) == 20


HELD = {"float_subclass": 'float("nan")', "int_subclass_with_lies": "-77"}  # all that the grader sees of these


@pytest.mark.parametrize("attack", names(SPOOFS))
def test_an_object_that_pleases_every_comparison_earns_nothing(attack) -> None:
    honest = 2 if attack.name == "nan_and_infinity" else 0  # a float64 array of the right shape, arguments left alone
    if (held := HELD.get(attack.name)) is not None:
        honest = score(WRONG.format(value=held))
    assert score(attack.code + WRONG.format(value="SPOOF")) <= honest
    assert not Path("/tmp/owned").exists()
