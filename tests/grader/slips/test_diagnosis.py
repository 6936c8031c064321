"""The known mistakes of stages 1 and 2: each is caught, named, and taken for no other; how a diagnosis decides.

For the mistakes of the other stages see the tests of their checks, tests/grader/checks.
"""

import sys
from functools import cache, partial
from pathlib import Path

import pytest
from checking import of_text, outcome

from grader import models
from grader.catalogue import of_stage
from grader.kit.local import LocalStudent
from grader.kit.message import CheckFailed, Message
from grader.kit.student import Student, StudentRaised
from grader.slips import Slip, StageDiagnosis, slips_of
from grader.slips.diagnose import diagnose, variant

HOUSE = Path(__file__).resolve().parents[3]
WRONG = HOUSE / "tests" / "submissions" / "wrong"
STAGES = (1, 2)


def failures(stage: int, student: Student) -> dict[str, CheckFailed]:
    """Return how a student fails a stage, check by check."""
    seen = {check.number: outcome(check, student) for check in of_stage(stage)}
    return {number: failed for number, failed in seen.items() if failed is not None}


@cache
def table(stage: int) -> dict[str, dict[str, CheckFailed]]:
    """Return how each slip of a stage fails: {slip: {number: failure}}."""
    return {slip.name: failures(stage, variant([slip])) for slip in slips_of(stage)}


def named(stage: int, found: dict[str, CheckFailed]) -> list[tuple[str, ...]]:
    """Return what the diagnosis says to each failed check, as it does while a submission is graded."""
    checks = {check.number: check for check in of_stage(stage)}
    diagnosis = StageDiagnosis(stage, lambda number, student: outcome(checks[number], student))
    said = {
        number: diagnosis.explain(number, failed) for number, failed in found.items()
    } | diagnosis.explain_the_rest()
    return [tuple(slip.name for slip in slips) for slips in said.values()]


def edited(stage: int, *names: str) -> LocalStudent:
    """Return a student who makes these slips at once."""
    edits = [edit for name in names for slip in slips_of(stage) if slip.name == name for edit in slip.edits]
    return of_text(stage, models.edited(stage, edits))


@pytest.mark.parametrize("stage", STAGES)
def test_the_model_answer_fails_nothing(stage: int) -> None:
    assert not failures(stage, LocalStudent(models.load(stage)))


@pytest.mark.parametrize("stage", STAGES)
def test_every_slip_loses_points_and_where_it_says(stage: int) -> None:
    for slip in slips_of(stage):
        failed = table(stage)[slip.name]
        assert failed, f"{slip.name} is not caught"
        assert not slip.checks or set(failed) <= set(slip.checks), f"{slip.name} fails {list(failed)}"


@pytest.mark.parametrize("stage", STAGES)
def test_the_first_message_of_every_slip_names_it_and_no_message_names_another(stage: int) -> None:
    for slip in slips_of(stage):
        said = named(stage, table(stage)[slip.name])
        assert said[0] == (slip.name,), f"{slip.name}: {said}"
        assert set(said) <= {(slip.name,), ()}, f"{slip.name}: {said}"


@pytest.mark.parametrize("stage", STAGES)
def test_every_visible_check_fails_on_a_slip(stage: int) -> None:
    caught = {number for failed in table(stage).values() for number in failed}
    assert {check.number for check in of_stage(stage) if check.visible} <= caught
    assert {check.number for check in of_stage(stage)} == caught


@pytest.mark.parametrize("stage", STAGES)
def test_every_message_is_short_and_plain(stage: int) -> None:
    sentences = {slip.name: slip.sentence for slip in slips_of(stage)}
    for name, failed in table(stage).items():
        for seen in failed.values():
            text = f"{seen.message.text()}\n{sentences[name]}"
            assert len(text.split()) <= 160, text
            assert seen.message.called and seen.message.returned and seen.message.expected, text


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        (1, ("no_relu", "argmin")),
        (1, ("no_hidden_bias", "clipped_above_only")),
        (1, ("output_of_shape_1_o", "index_from_one")),
        (1, ("argmin", "not_clipped")),
        (2, ("only_the_weights", "another_default_sigma")),
        (2, ("sigma_squared", "fixed_seed_without_rng")),
    ],
)
def test_two_mistakes_in_one_file_are_both_named(stage: int, names: tuple[str, str]) -> None:
    found = failures(stage, edited(stage, *names))
    assert {name for slips in named(stage, found) for name in slips} == set(names)


def test_two_mistakes_in_one_line_are_both_named() -> None:
    text = models.answer_text(2).replace("return {key: value + sigma * rng", "best.update({key: value + sigma**2 * rng")
    text = text.replace("best.items()}", "best.items()})\n    return best")
    found = failures(2, of_text(2, text))
    assert {name for slips in named(2, found) for name in slips} == {"sigma_squared", "best_changed"}


def test_mistakes_that_only_together_explain_a_message_are_named_together() -> None:
    found = failures(1, edited(1, "tanh_on_the_output", "sign_for_clip"))
    assert ("tanh_on_the_output", "sign_for_clip") in named(1, found)


@pytest.mark.parametrize("path", sorted(WRONG.glob("stage[12]__*.py")), ids=lambda path: path.stem)
def test_a_mistake_that_nobody_listed_is_described_and_not_named(path: Path) -> None:
    stage = int(path.stem[5])
    listed = {
        "stage2__shallow_copy": "best_changed",
        "stage2__seeds_by_the_clock": "fixed_seed_without_rng",
        "stage2__mirrored_pairs": "rng_ignored",
        "stage2__sigma_at_most_twenty": "sigma_clipped",
        "stage2__clip_sigma_twice": "sigma_clipped",
        "stage2__broadcast_view": "zero_shares_arrays",
        "stage2__dict_subclass_values": "zero_shares_arrays",
        "stage2__few_child_generators": "few_seeds",
        "stage2__none_named_fixed": "one_generator_for_all_calls",
        "stage2__seeded_by_the_global_state": "global_functions_without_rng",
        "stage2__reuses_buffer": "one_dict_for_all_calls",
        "stage2__reuses_buffer_all_calls_dict": "one_dict_for_all_calls",
        "stage2__clipped_at_a_hundred": "numbers_clipped",
        "stage2__zero_sigma_returns_best": "zero_shares_arrays",
        "stage2__zero_sigma_shares_arrays": "zero_shares_arrays",
        "stage2__fixed_generator_without_rng": "one_generator_for_all_calls",
        "stage2__mean_float32": "noise_in_float32",
        "stage2__width_drawn_anew": "laplace_noise",  # which is what such noise is, one entry alone
    }
    found = failures(stage, of_text(stage, path.read_text(encoding="utf-8")))
    assert found
    said = {name for slips in named(stage, found) for name in slips}
    fitting = {listed.get(path.stem)}
    if path.stem == "stage2__seeds_by_the_clock":
        fitting.add("few_seeds")  # which it has where a second ends between the calls
    assert said <= fitting, f"{path.stem}: {said}"


def test_an_exception_counts_with_its_text() -> None:
    text = models.answer_text(1).replace(
        "    hidden = np.maximum", '    raise ValueError("no idea")\n    hidden = np.maximum'
    )
    found = failures(1, of_text(1, text))
    assert all(isinstance(failed, StudentRaised) for failed in found.values())
    assert set(named(1, found)) == {()}
    transposed = failures(1, edited(1, "weights_transposed"))
    assert set(named(1, transposed)) == {("weights_transposed",)}


def never(student: Student) -> CheckFailed | None:
    raise AssertionError("a slip with signs is not run")


def test_a_slip_with_signs_is_known_by_them_and_never_run(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Slip("one", 1, (), "One.", "Look.", signs={"workers": 0})
    two = Slip("two", 1, (), "Two.", "Look.", signs={"workers": 1})
    monkeypatch.setattr(sys.modules[diagnose.__module__], "slips_of", lambda stage: (one, two))
    failed = CheckFailed(Message("a", "b", "c"), {"workers": 1, "calls": 8})
    assert diagnose(1, never, failed, (), "") == (two,)
    assert diagnose(1, never, failed, (one,), "") == (two,)


def test_where_two_slips_fit_none_is_named_unless_one_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Slip("one", 1, (), "One.", "Look.", signs={"workers": 1})
    two = Slip("two", 1, (), "Two.", "Look.", signs={"calls": 8})
    monkeypatch.setattr(sys.modules[diagnose.__module__], "slips_of", lambda stage: (one, two))
    failed = CheckFailed(Message("a", "b", "c"), {"workers": 1, "calls": 8})
    assert diagnose(1, never, failed, (), "") == ()
    assert diagnose(1, never, failed, (two,), "") == (two,)


def test_what_two_slips_fit_is_named_once_a_later_check_knows_which(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Slip("one", 1, (), "One.", "Look.", signs={"workers": 1})
    two = Slip("two", 1, (), "Two.", "Look.", signs={"calls": 8})
    monkeypatch.setattr(sys.modules[diagnose.__module__], "slips_of", lambda stage: (one, two))
    stage = StageDiagnosis(1, lambda number, student: never(student))
    message = Message("a", "b", "c")
    assert stage.explain("1.1", CheckFailed(message, {"workers": 1, "calls": 8})) == ()
    assert stage.explain("1.2", CheckFailed(message, {"workers": 2})) == ()
    assert stage.explain("1.3", CheckFailed(message, {"calls": 8})) == (two,)
    assert stage.explain_the_rest() == {"1.1": (two,)}


def test_a_slip_that_fails_a_check_which_passed_is_not_the_explanation() -> None:
    checks = {check.number: check for check in of_stage(3)}
    stage = StageDiagnosis(3, lambda number, student: outcome(checks[number], student))
    failed = outcome(checks["3.9"], edited(3, "argmin"))
    assert failed is not None
    assert [slip.name for slip in stage.explain("3.9", failed)] == ["argmin"]
    doubting = StageDiagnosis(3, lambda number, student: outcome(checks[number], student))
    doubting.passed("3.4")
    assert doubting.explain("3.9", failed) == ()


def test_nor_is_it_together_with_another_slip() -> None:
    for number, failed in failures(1, edited(1, "tanh_on_the_output", "sign_for_clip")).items():
        run = partial(outcome, next(check for check in of_stage(1) if check.number == number))
        if len(slips := diagnose(1, run, failed, number=number)) == 2:
            assert diagnose(1, run, failed, number=number, possible=lambda slip: slip != slips[1]) == ()
            return
    raise AssertionError("no message that two slips explain together")


def test_a_failure_without_facts_is_like_no_other() -> None:
    check = of_stage(1)[0]
    bare = CheckFailed(Message("a", "b", "c"))
    assert diagnose(1, lambda student: outcome(check, student), bare) == ()
