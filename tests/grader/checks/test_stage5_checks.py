"""The checks of stage 5 on the model answer, on every known mistake, on other algorithms and on odd values."""

import itertools
from typing import Any

import numpy as np
import pytest
from checking import outcome

from grader import models
from grader.catalogue import of_stage
from grader.kit.local import LocalStudent
from grader.kit.message import CheckFailed
from grader.kit.student import Reply
from grader.manifest import course
from grader.slips import slips_of
from grader.slips.diagnose import variant

CHECKS = {check.number: check for check in of_stage(5)}
QUICK = [check for check in CHECKS.values() if check.number != "5.19"]


@pytest.fixture(scope="module")
def failures() -> dict[str, dict[str, CheckFailed]]:
    """How each slip fails the quick checks: {slip: {number: failure}}."""
    found: dict[str, dict[str, CheckFailed]] = {}
    for slip in slips_of(5):
        runs = {check.number: outcome(check, variant([slip])) for check in QUICK}
        found[slip.name] = {number: failed for number, failed in runs.items() if failed is not None}
    return found


def test_the_points_add_up() -> None:
    assert sum(check.points for check in CHECKS.values()) == course().stage(5).points


@pytest.mark.parametrize("seed", range(8))
def test_the_model_answer_passes_whatever_the_seed(seed: int) -> None:
    student = LocalStudent(models.load(5))
    for check in CHECKS.values():
        failed = outcome(check, student, seed)
        assert failed is None, f"{check.number}: {failed}"


def test_every_slip_is_named_by_a_check_and_taken_for_no_other(failures: dict[str, dict[str, CheckFailed]]) -> None:
    for slip in slips_of(5):
        facts = {number: failed.facts for number, failed in failures[slip.name].items() if failed.facts}
        assert set(facts) <= set(slip.checks), f"{slip.name} fails {sorted(facts)}"
        telling = [
            number
            for number, seen in facts.items()
            if all(
                number not in other or other[number].facts != seen
                for name, other in failures.items()
                if name != slip.name
            )
        ]
        assert telling, f"nothing tells {slip.name} from the others: it fails {sorted(facts)}"


def test_every_visible_check_fails_on_a_slip(failures: dict[str, dict[str, CheckFailed]]) -> None:
    caught = set(itertools.chain.from_iterable(failures.values()))
    assert {check.number for check in CHECKS.values() if check.visible} <= caught
    assert {check.number for check in QUICK} <= caught


def test_only_a_full_covariance_climbs_the_ellipsoid() -> None:
    by_name = {slip.name: slip for slip in slips_of(5)}
    for name in ("diagonal_only", "covariance_frozen"):
        assert outcome(CHECKS["5.19"], variant([by_name[name]])) is not None


def test_one_that_minimises_loses_only_what_the_direction_decides(failures: dict[str, dict[str, CheckFailed]]) -> None:
    assert set(failures["minimises"]) == {"5.5"}


ODD_VALUES: list[Any] = [
    None, 3, float("nan"), "text", [], {}, [[1, 2], [3]], np.zeros(0), np.zeros((3, 3, 3)), np.full((8, 3), np.nan),
    np.array(["a"]), np.ones(4) * 1j, True, 10**400, np.ones(1), b"abc", np.inf, {1: 2}, -1.0,
]  # fmt: skip


class Odd(LocalStudent):
    """The model answer, with one thing that it shows replaced by an odd value."""

    def __init__(self, shown: str, value: Any) -> None:
        super().__init__(models.load(5))
        self.shown, self.value = shown, value

    def method(self, handle: str, name: str, /, *args: Any, **kwargs: Any) -> Reply:
        if self.shown != "ask":
            return super().method(handle, name, *args, **kwargs)
        return Reply(self.value if name == "ask" else None, args, kwargs)

    def get(self, handle: str, attribute: str, /) -> Any:
        return self.value if attribute == self.shown else super().get(handle, attribute)


def test_an_odd_value_fails_a_check_and_never_breaks_it() -> None:
    for shown, value in itertools.product(("ask", "mean", "sigma", "covariance", "pop_size"), ODD_VALUES):
        for check in QUICK:
            failed = outcome(check, Odd(shown, value))
            assert failed is None or (failed.message.text() and hash(tuple(map(repr, failed.facts.values()))))
