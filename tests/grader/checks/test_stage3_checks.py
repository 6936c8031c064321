"""The checks of stage 3 on the model answer, on its known mistakes, and on runs that are made up here."""

import gymnasium
import numpy as np
import pytest

from grader import models
from grader.catalogue import Check, of_stage
from grader.checks import spread
from grader.checks.environments import CartPole, MountainCar, cartpole_step, mountain_car_step
from grader.checks.evolution_log import broods
from grader.kit.local import LocalStudent
from grader.kit.message import CheckFailed
from grader.kit.trial import main_trial
from grader.slips import slips_of
from grader.slips.diagnose import _alike, diagnose, variant

CHECKS = of_stage(3)


def run(check: Check, student: LocalStudent, seed: int = 0) -> CheckFailed | None:
    return check.run(student, np.random.default_rng([seed, check.order[1]]))


def lost(student: LocalStudent, seed: int = 0) -> dict[str, CheckFailed]:
    found = {check.number: run(check, student, seed) for check in CHECKS}
    return {number: failed for number, failed in found.items() if failed is not None}


def test_the_model_answer_passes_every_check_on_thirty_seeds() -> None:
    for seed in range(30):
        assert lost(LocalStudent(models.load(3)), seed) == {}


@pytest.fixture(scope="module")
def failures() -> dict[str, dict[str, CheckFailed]]:
    """How each known mistake fails which checks."""
    return {slip.name: lost(variant((slip,)), 5) for slip in slips_of(3)}


def test_a_known_mistake_is_named_by_itself_and_by_no_other(failures) -> None:
    for name, own in failures.items():  # in one test, so that one process makes them
        fitting = {
            number: [other for other, seen in failures.items() if number in seen and _alike(seen[number], failed)]
            for number, failed in own.items()
        }
        assert [name] in fitting.values(), (name, fitting)


def test_the_diagnosis_names_a_mistake_that_is_made_in_other_words() -> None:
    edit = ("best = pop[int(np.argmax(results))]", "best = sorted(zip(results, range(pop_size), pop))[0][2]")
    check = next(check for check in CHECKS if check.number == "3.6")
    failed = run(check, LocalStudent(models.load(3, (edit,))), 5)
    assert failed is not None
    assert [slip.name for slip in diagnose(3, lambda other: run(check, other, 5), failed)] == ["argmin"]


def test_every_visible_check_fails_on_a_known_mistake(failures) -> None:
    caught = {number for seen in failures.values() for number in seen}
    assert {check.number for check in CHECKS if check.visible} <= caught


def test_a_half_right_answer_keeps_the_other_half() -> None:
    alone = {
        "sigma_not_passed": {"3.8"},
        "history_transposed": {"3.3"},
        "history_sorted": {"3.5"},
        "best_tested_again": {"3.1"},
        "on_generation_from_1": {"3.10"},
        "fixed_seed": {"3.12"},
        "compares_params": {"3.13"},
        "one_child_copied": {"3.7"},
    }
    for name, numbers in alone.items():
        slip = next(slip for slip in slips_of(3) if slip.name == name)
        kept = set(lost(variant((slip,)))) - {"3.14", "3.15", "3.16"}
        assert kept == numbers, name


def test_sentences_are_plain_and_short() -> None:
    for slip in (*slips_of(3), *slips_of(4)):
        assert 4 <= len(slip.sentence.split()) <= 40, slip.name
        assert slip.sentence.endswith(".") and slip.look.endswith(".")


def test_a_parent_is_found_and_its_children_spread_by_sigma() -> None:
    for seed in range(20):
        found = broods(main_trial(LocalStudent(models.load(3)), np.random.default_rng(seed)))
        assert {brood.origin for brood in found} == {"the fittest"}
        assert spread.right_deviation(found, 0.5)
        assert not spread.right_deviation(found, 0.6) and not spread.right_deviation(found, 0.4)


def test_the_steps_of_cartpole_are_gymnasiums() -> None:
    env = gymnasium.make("CartPole-v1").unwrapped
    env.reset(seed=1)
    state = (0.02, -0.01, 0.03, 0.04)
    env.state = np.array(state)
    for action in (1, 0, 1, 1, 0, 0, 1):
        env.step(action)
        state = cartpole_step(state, action == 1)
        assert env.state == pytest.approx(state, abs=1e-9)


def test_the_steps_of_mountain_car_are_gymnasiums() -> None:
    env = gymnasium.make("MountainCarContinuous-v0").unwrapped
    env.reset(seed=1)
    state = (-0.5, 0.0)
    env.state = np.array(state)
    for force in (1.0, -0.3, 0.8, -1.0, 0.25):
        env.step(np.array([force]))
        state = mountain_car_step(state, force)
        assert env.state == pytest.approx(state, abs=1e-6)


@pytest.mark.parametrize("kind", [CartPole, MountainCar])
def test_selection_passes_the_line_and_chance_seldom_does(kind) -> None:
    passed = {"select": 0, "chance": 0}
    for seed in range(60):
        for way in passed:
            rng = np.random.default_rng([seed, len(way)])
            problem = kind(seed)
            pop = [problem.member(int(rng.integers(2**62))) for _ in range(8)]
            for _ in range(6):
                results = [problem.fitness(params) for params in pop]
                parent = pop[int(np.argmax(results)) if way == "select" else int(rng.integers(8))]
                pop = [{k: v + kind.sigma * rng.standard_normal(v.shape) for k, v in parent.items()} for _ in pop]
            passed[way] += np.mean(results) >= kind.passes_at
    assert passed["select"] >= 56
    assert passed["chance"] <= 18
