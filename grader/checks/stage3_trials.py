"""The runs of evolve_serial that several hidden checks of stage 3 read, each made once a student."""

import numpy as np

from ..kit.problems import Bowl
from ..kit.run import Problem
from ..kit.student import Student, remembered
from ..kit.trial import FUNCTIONS, Trial, seed_from, trial

SERIAL = FUNCTIONS[3]
VERY_FIT = 1e4  # far above what solves any environment: an evolution goes on all the same


def wide_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run with a large sigma and a seed of its own."""
    problem, seed = Bowl(seed_from(rng), spread=12.0), seed_from(rng)
    return remembered(
        student, "wide", lambda: trial(student, SERIAL, problem, generations=3, pop_size=6, sigma=2.0, seed=seed)
    )


def long_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run of many small generations, in which a sigma that fades shows."""
    problem, seed = Bowl(seed_from(rng)), seed_from(rng)
    return remembered(
        student, "long", lambda: trial(student, SERIAL, problem, generations=20, pop_size=4, sigma=40.0, seed=seed)
    )


def still_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run with sigma 0."""
    problem, seed = Bowl(seed_from(rng)), seed_from(rng)
    return remembered(
        student, "still", lambda: trial(student, SERIAL, problem, generations=2, pop_size=4, sigma=0.0, seed=seed)
    )


def unseeded_trials(student: Student, rng: np.random.Generator) -> tuple[Trial, Trial]:
    """Return two runs on one problem, whose members all are very fit, that leave sigma and seed at their defaults.

    Each is the first of its kind after an import of the stage file, as in two runs of Python.
    """
    first = remembered(student, "unseeded", lambda: _unseeded(student, Bowl(seed_from(rng), offset=VERY_FIT)))
    return first, remembered(student, "unseeded again", lambda: _unseeded(student, first.problem))


def _unseeded(student: Student, problem: Problem) -> Trial:
    student.import_again()
    return trial(student, SERIAL, problem, generations=2, pop_size=4)
