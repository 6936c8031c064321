"""Hidden checks of stage 4 on its pool: one for the run, full, closed, under every start method."""

from collections.abc import Callable

import numpy as np

from grader.checks.parallel_checks import (
    an_exception_arrives,
    members_are_tested_together,
    no_member_is_left_over,
    nothing_is_left,
    nothing_is_left_by_an_interruption,
    one_pool_served,
    one_worker_a_core,
    pool_is_there_between,
    works_under,
)
from grader.checks.stage3_trials import ended
from grader.checks.stage4_trials import (
    PARALLEL,
    crew_trials,
    default_trials,
    faulty_trial,
    forkserver_trial,
    interrupted_trial,
    spawn_trial,
    still_trial,
    watched_trial,
)
from grader.checks.workers import more_workers_than_processes, overlap
from grader.kit.check import check
from grader.kit.student import Student
from grader.kit.trial import Trial, parallel_trial, trial


@check("4.12", "One pool for the whole run", points=3)
def test_one_pool_serves_every_generation(student: Student, rng: np.random.Generator) -> None:
    """No more worker processes than ``processes`` test members over the whole run, also where that is 1.

    Between two generations the pool is there, while on_generation is called.
    """
    main, alone = parallel_trial(student, rng), still_trial(student, rng)

    def uneven(seen: Trial) -> Trial:
        processes = seen.asked["processes"]
        asked = {**seen.asked, "pop_size": seen.pop_size + processes // 2 + 1}
        return trial(student, PARALLEL, main.problem, rendezvous=processes + 1, **asked)

    one_pool_served(main, uneven)
    for one in ended(alone):  # sigma 0 has a check of its own
        one_pool_served(one, uneven)
    for watched in ended(watched_trial(student, rng)):
        pool_is_there_between(watched)


@check("4.13", "Members under test at the same time", points=5)
def test_members_are_tested_at_the_same_time(
    student: Student, rng: np.random.Generator, record_property: Callable[[str, object], None]
) -> None:
    """On average at least 0.6 * processes workers test at the same time: counted, not timed."""
    main = parallel_trial(student, rng)
    processes = main.asked["processes"]
    members_are_tested_together(main, processes)
    if not more_workers_than_processes(main):  # else each worker may cost an interpreter
        for crew in crew_trials(student, rng):
            members_are_tested_together(crew, crew.asked["processes"])
    for watched in ended(watched_trial(student, rng)):
        no_member_is_left_over(watched)
    record_property("note", f"On average {overlap(main):.1f} of {processes} workers tested at the same time.")


@check("4.14", "A worker a core", points=1)
def test_without_processes_there_is_one_worker_a_core(student: Student, rng: np.random.Generator) -> None:
    """processes=None gives one worker a core, by any of Python's own counts."""
    one_worker_a_core(default_trials(student, rng)[0], parallel_trial(student, rng))


@check("4.15", "Processes that are left", points=1)
def test_no_process_outlives_the_call(student: Student, rng: np.random.Generator) -> None:
    """A second after the call no process of the pool is alive."""
    for one in (parallel_trial(student, rng), *default_trials(student, rng)):
        nothing_is_left(one)


@check("4.16", "A fitness that raises", points=2)
def test_an_exception_reaches_the_caller(student: Student, rng: np.random.Generator) -> None:
    """When fitness raises, the caller gets an exception; no process is left, nor is one when on_generation raises."""
    usual = parallel_trial(student, rng)
    faulty, kind = faulty_trial(student, rng)
    an_exception_arrives(faulty, kind, usual)
    nothing_is_left_by_an_interruption(interrupted_trial(student, rng), usual)


@check("4.17", "The start method spawn", points=2)
def test_it_works_under_spawn(student: Student, rng: np.random.Generator) -> None:
    """It works where workers are started by spawn, as on Windows and macOS."""
    works_under("spawn", spawn_trial(student, rng), parallel_trial(student, rng))


@check("4.18", "The start method forkserver", points=1)
def test_it_works_under_forkserver(student: Student, rng: np.random.Generator) -> None:
    """It works where workers are started by a fork server."""
    works_under("forkserver", forkserver_trial(student, rng), parallel_trial(student, rng))
