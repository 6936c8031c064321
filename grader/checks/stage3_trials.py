"""The runs of evolve_serial that several hidden checks of stage 3 read, each made once a student."""

from typing import Any

import numpy as np

from ..kit.first_draw import first_draw
from ..kit.problems import Bowl
from ..kit.run import Problem
from ..kit.student import Student, remembered
from ..kit.trial import FUNCTIONS, Trial, main_trial, seed_from, trial
from .landscapes import Summit, lottery

SERIAL = FUNCTIONS[3]
VERY_FIT = 1e4  # far above what solves any environment: an evolution goes on all the same
FAR_APART = 3 * 2**16 * 5**6  # between two seeds: only where all their digits count, decimal or binary, do they differ


def wide_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run with a large sigma; its seed and the main run's differ in the last bit alone."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = Bowl(seed_from(rng), spread=12.0), main_trial(student, rng).asked["seed"] ^ 1
        return trial(student, SERIAL, problem, generations=3, pop_size=6, sigma=2.0, seed=seed)

    return remembered(student, "wide", rng, make)


def long_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run of many small generations, none as fit as the first: what changes in the course of a run shows."""

    def make(rng: np.random.Generator) -> Trial:
        return trial(student, SERIAL, Summit(seed_from(rng)), generations=20, pop_size=4, sigma=40.0, seed=1)

    return remembered(student, "long", rng, make)


def lottery_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run in which fitness rises and falls by chance, with on_generation and with arguments by position."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = lottery(rng, 5)
        asked: dict[str, Any] = {"generations": 16, "pop_size": 5, "sigma": 0.5, "seed": seed}
        return trial(student, SERIAL, problem, watch_generations=True, by_position=True, **asked)

    return remembered(student, "lottery", rng, make)


def ended(*trials: Trial) -> list[Trial]:
    """Return the runs that came to their end; where one with on_generation does not, the check of that says so."""
    return [one for one in trials if one.seen.fault is None]


def crowd_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run of many members, all very unfit and some equally fit."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = Bowl(seed_from(rng), steps=2.0, offset=-1e9), seed_from(rng)
        return trial(student, SERIAL, problem, generations=3, pop_size=40, sigma=0.5, seed=seed)

    return remembered(student, "crowd", rng, make)


def still_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run with sigma 0."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = telling(rng, 6)
        return trial(student, SERIAL, problem, generations=3, pop_size=6, sigma=0.0, seed=seed)

    return remembered(student, "still", rng, make)


def plain_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run that is made again: watched, or with another global random state.

    It has as many generations as members, and their fitness differs by millionths.
    """

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = telling(rng, 4, unit=1e-6)
        student.seed_global(problem.seed)
        return trial(student, SERIAL, problem, generations=4, pop_size=4, sigma=0.5, seed=seed)

    return remembered(student, "plain", rng, make)


def zero_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return the plain run with 0 as its seed."""
    plain = plain_trial(student, rng)
    return remembered(student, "zero", rng, lambda _: made_again(student, plain, seed=0))


def flat_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run in which all members are equally fit."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = Bowl(seed_from(rng), steps=1e6), seed_from(rng)
        student.seed_global(seed_from(rng))
        return trial(student, SERIAL, problem, generations=12, pop_size=4, sigma=0.5, seed=seed)

    return remembered(student, "flat", rng, make)


def short_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run of the fewest generations and members that a caller may ask for."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = telling(rng, 4)
        return trial(student, SERIAL, problem, generations=2, pop_size=4, sigma=0.5, seed=seed)

    return remembered(student, "short", rng, make)


def telling(rng: np.random.Generator, pop_size: int, unit: float = 1.0, seed: int | None = None) -> tuple[Bowl, int]:
    """Return a problem and a seed, so that the model's first generation has its fittest neither first nor last.

    A seed that is given is kept.
    """
    given = seed
    while True:
        problem, seed = Bowl(seed_from(rng), unit=unit), seed_from(rng) if given is None else given
        numbers = np.random.default_rng(seed)
        draws = [first_draw(numbers) for _ in range(pop_size)]  # as init draws them
        if 0 < int(np.argmax([problem.fitness(problem.member(draw)) for draw in draws])) < pop_size - 1:
            return problem, seed


def made_again(
    student: Student, plain: Trial, *, other_state: bool = False, watch: bool = False, **other: Any
) -> Trial:
    """Return the plain run once more: with its global random state or another, watched, with other arguments."""
    problem: Any = plain.problem
    student.seed_global(problem.seed + other_state, drawn=other_state)
    return trial(student, SERIAL, problem, watch_generations=watch, **{**plain.asked, **other})


def unseeded_trials(student: Student, rng: np.random.Generator) -> tuple[Trial, Trial]:
    """Return two runs on one problem, whose members all are very fit, that leave sigma and seed at their defaults.

    Each is the first of its kind after an import of the stage file, as in two runs of Python.
    """
    first = remembered(student, "unseeded", rng, lambda rng: _unseeded(student, Bowl(seed_from(rng), offset=VERY_FIT)))
    return first, remembered(student, "unseeded again", rng, lambda _: _unseeded(student, first.problem))


def _unseeded(student: Student, problem: Problem) -> Trial:
    student.import_again()
    return trial(student, SERIAL, problem, generations=3, pop_size=4)
