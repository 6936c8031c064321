"""Hidden checks of stage 3: seeds, ties, and a fitness that improves."""

from functools import partial

import numpy as np

from grader.checks.environments import CartPole, MountainCar
from grader.checks.improvement import GAIN, gain, improves, last_mean
from grader.checks.sameness import SAME_DIGITS, history_is_its_own, other_runs, same_run_again
from grader.checks.selection_checks import best_is_the_fittest
from grader.checks.stage3_trials import (
    FAR_APART,
    SERIAL,
    crowd_trial,
    ended,
    flat_trial,
    long_trial,
    made_again,
    plain_trial,
    short_trial,
    still_trial,
    unseeded_trials,
    wide_trial,
    zero_trial,
)
from grader.kit.check import check
from grader.kit.expect import right_number_of_calls
from grader.kit.problems import Bowl
from grader.kit.run import Problem
from grader.kit.student import Student
from grader.kit.trial import Trial, main_trial, seed_from, trial


@check("3.11", "The same seed", points=2)
def test_a_seed_gives_the_same_run_whatever_the_global_state(student: Student, rng: np.random.Generator) -> None:
    """The same seed gives the same (best, history), whatever numpy's global random state, and whoever draws from it."""
    for first in (plain_trial(student, rng), zero_trial(student, rng)):  # 0 is a seed like any other
        second = made_again(student, first, other_state=True)
        same_run_again(first, second, partial(made_again, student, first))
        history_is_its_own(first, second)


@check("3.12", "Other seeds and no seed", points=1)
def test_other_seeds_and_none_give_other_runs(student: Student, rng: np.random.Generator) -> None:
    """Two seeds give two runs, 0 and 1 too, and so do calls without a seed."""
    main, seed = main_trial(student, rng), main_trial(student, rng).asked["seed"] + FAR_APART
    far = trial(student, SERIAL, main.problem, generations=3, pop_size=4, sigma=0.5, seed=seed)
    none, again = unseeded_trials(student, rng)

    third = trial(student, SERIAL, none.problem, **none.asked)
    pairs = [("another seed", main, wide_trial(student, rng)), (SAME_DIGITS, main, far)]
    pairs += [("another seed", zero_trial(student, rng), long_trial(student, rng))]
    other_runs([*pairs, *((("a call without a seed", one, again)) for one in (none, third))], lambda: third)


@check("3.13", "Members that are equally fit", points=1)
def test_ties_do_not_disturb(student: Student, rng: np.random.Generator) -> None:
    """Where members are equally fit, or get no fitter, the run goes on; of many unfit ones the fittest is chosen."""
    best_is_the_fittest(crowd := crowd_trial(student, rng))
    alike = flat_trial(student, rng)

    def run() -> Trial:
        student.seed_global(seed_from(rng))
        return trial(student, SERIAL, alike.problem, **alike.asked)

    best_is_the_fittest(alike)
    same_run_again(alike, run(), run)
    usual = main_trial(student, rng)
    if len(usual.run.calls) == usual.generations * usual.pop_size:  # else another check has said so
        others = short_trial(student, rng), long_trial(student, rng), still_trial(student, rng)
        for one in (crowd, alike, *ended(*others)):
            right_number_of_calls(one)


@check("3.14", "A fitness that improves: a slope", points=1)
def test_fitness_improves_on_a_slope(student: Student, rng: np.random.Generator) -> None:
    """On a function with a known answer the fittest comes closer by at least 4 sigma in five steps.

    Repeated on new seeds; false alarm below 1e-11 (grader.checks.improvement).
    """

    def run(number: int) -> Trial:
        if not number:
            return main_trial(student, rng)
        problem, seed = Bowl(seed_from(rng)), seed_from(rng)
        return trial(student, SERIAL, problem, generations=6, pop_size=8, sigma=0.5, seed=seed)

    wanted = f"the fittest of the last one {GAIN:g} sigma fitter than that of generation 0"
    improves(run, lambda seen: len(seen.rows) > 1 and gain(seen) >= GAIN, 1, wanted)


@check("3.15", "A fitness that improves: CartPole", points=1)
def test_fitness_improves_on_cartpole(student: Student, rng: np.random.Generator) -> None:
    """The last of six generations on CartPole stands for 80 of 120 steps on average.

    Repeated on new seeds; false alarm below 1e-11 (grader.checks.improvement).
    """
    _environment(student, rng, CartPole)


@check("3.16", "A fitness that improves: MountainCarContinuous", points=1)
def test_fitness_improves_on_mountain_car(student: Student, rng: np.random.Generator) -> None:
    """The last of six generations on MountainCarContinuous earns at least -1.1 in 60 steps on average.

    Repeated on new seeds; false alarm below 1e-11 (grader.checks.improvement).
    """
    _environment(student, rng, MountainCar)


def _environment(student: Student, rng: np.random.Generator, kind: type[CartPole] | type[MountainCar]) -> None:
    def run(_: int) -> Trial:
        problem: Problem = kind(seed_from(rng))
        return trial(student, SERIAL, problem, generations=6, pop_size=8, sigma=kind.sigma, seed=seed_from(rng))

    improves(run, lambda seen: last_mean(seen, kind.passes_at), 1, f"a mean of {kind.passes_at:g} in the last one")
