"""The checks of stage 6 on the model answer, on every known mistake and on odd values."""

import itertools
from typing import Any

import numpy as np
import pytest
from checking import outcome

from grader import models
from grader.catalogue import of_stage
from grader.checks.populations import CAR, episode, fitness_of, mixed
from grader.kit.local import LocalStudent
from grader.kit.message import CheckFailed
from grader.kit.student import Reply
from grader.manifest import course
from grader.slips import slips_of
from grader.slips.diagnose import variant

CHECKS = {check.number: check for check in of_stage(6)}
QUICK = [check for check in CHECKS.values() if check.number != "6.13"]


@pytest.fixture(scope="module")
def failures() -> dict[str, dict[str, CheckFailed]]:
    """How each slip that is run fails the quick checks: {slip: {number: failure}}."""
    found: dict[str, dict[str, CheckFailed]] = {}
    for slip in slips_of(6):
        if slip.signs is None:
            runs = {check.number: outcome(check, variant([slip])) for check in QUICK}
            found[slip.name] = {number: failed for number, failed in runs.items() if failed is not None}
    return found


def seen(failed: CheckFailed) -> tuple[dict[str, Any], str]:
    """Return what tells one failure from another: its facts, and an exception's text."""
    return dict(failed.facts), getattr(failed, "text", "")


def test_the_points_add_up() -> None:
    assert sum(check.points for check in CHECKS.values()) == course().stage(6).points


@pytest.mark.parametrize("seed", range(2))
def test_the_model_answer_passes_whatever_the_seed(seed: int) -> None:
    for check in QUICK:
        failed = outcome(check, LocalStudent(models.load(6)), seed)
        assert failed is None, f"{check.number}: {failed}"


def test_every_slip_is_named_by_a_check_and_taken_for_no_other(failures: dict[str, dict[str, CheckFailed]]) -> None:
    for name, failed in failures.items():
        facts = {number: seen(each) for number, each in failed.items() if each.facts}
        slip = next(slip for slip in slips_of(6) if slip.name == name)
        assert set(facts) <= set(slip.checks), f"{name} fails {sorted(facts)}"
        others = [other for other_name, other in failures.items() if other_name != name]
        telling = [
            number
            for number, own in facts.items()
            if all(number not in other or seen(other[number]) != own for other in others)
        ]
        assert telling, f"nothing tells {name} from the others: it fails {sorted(facts)}"


def test_every_visible_check_fails_on_a_slip(failures: dict[str, dict[str, CheckFailed]]) -> None:
    caught = set(itertools.chain.from_iterable(failures.values()))
    assert {check.number for check in CHECKS.values() if check.visible} <= caught
    assert {check.number for check in QUICK} <= caught


def test_a_batch_is_fast_enough_and_one_after_another_is_not() -> None:
    assert outcome(CHECKS["6.13"], LocalStudent(models.load(6))) is None
    slip = next(slip for slip in slips_of(6) if slip.signs is not None)
    failed = outcome(CHECKS["6.13"], variant([slip]))
    assert failed is not None
    assert failed.facts == slip.signs


def test_populations_hold_members_that_fall_that_last_and_that_reach_the_goal() -> None:
    rng = np.random.default_rng(3)
    lengths = fitness_of(mixed(rng, "CartPole-v1", 6, 5), "CartPole-v1", range(11))
    assert lengths.min() < 60
    assert lengths.max() == 500
    fitness = fitness_of(mixed(rng, CAR, 5, 3), CAR, range(8))
    assert fitness.max() > 80
    assert fitness.min() < 0


def test_what_is_remembered_is_what_an_episode_gives() -> None:
    (params,) = mixed(np.random.default_rng(4), "CartPole-v0", 1, 0)
    assert fitness_of([params, params], "CartPole-v0", [5, 6]).tolist() == [
        episode(params, "CartPole-v0", 5),
        episode(params, "CartPole-v0", 6),
    ]


ODD_VALUES: list[Any] = [
    None, 3, float("nan"), "text", [], {}, [[1, 2], [3]], np.zeros(0), np.full((8, 3), np.nan), np.array(["a"]),
    np.ones(4) * 1j, True, 10**400, b"abc", {1: 2}, {"w0": None, "b0": "x", "w1": [], "b1": np.ones(3)},
    np.ones(256, dtype=bool), [None] * 256,
]  # fmt: skip


class Odd(LocalStudent):
    """The model answer, with what one function returns replaced by an odd value."""

    def __init__(self, function: str, value: Any) -> None:
        super().__init__(models.load(6))
        self.function, self.value = function, value

    def call(self, function: str, /, *args: Any, **kwargs: Any) -> Reply:
        if function == self.function:
            return Reply(self.value, args, kwargs)
        return super().call(function, *args, **kwargs)


@pytest.mark.long
def test_an_odd_value_fails_a_check_and_never_breaks_it() -> None:
    for function, value in itertools.product(("stack", "forward_batch", "episode_batch"), ODD_VALUES):
        results = [outcome(check, Odd(function, value)) for check in QUICK]
        failed = [each for each in results if each is not None]
        assert failed
        assert all(each.message.text() and hash(tuple(map(repr, each.facts.values()))) for each in failed)
    for value in ODD_VALUES:
        assert outcome(CHECKS["6.13"], Odd("episode_batch", value)) is not None
