"""Hidden checks of stage 4 on what it shares with stage 3: population, selection, children, results."""

import numpy as np

from grader.checks.environments import CartPole, MountainCar
from grader.checks.evolution_checks import (
    children_are_draws_of_their_own,
    children_repeat_their_parent,
    children_spread_by_sigma,
)
from grader.checks.improvement import improves, last_mean
from grader.checks.parallel_checks import history_keeps_the_order, results_are_in_history_s_order
from grader.checks.sameness import SAME_DIGITS, difference, other_runs, watching_changes_nothing
from grader.checks.selection_checks import (
    best_is_the_fittest,
    on_generation_is_called,
    parent_is_the_fittest,
    still_parent_is_the_fittest,
)
from grader.checks.serial_equality import returns_what_serial_returns
from grader.checks.stage3_trials import ended
from grader.checks.stage4_trials import (
    PARALLEL,
    USUAL,
    default_trials,
    environment_trial,
    forkserver_trial,
    long_trial,
    lottery_trial,
    model_twin,
    spawn_trial,
    still_trial,
    watched_trial,
    with_processes,
)
from grader.checks.workers import more_workers_than_processes
from grader.kit.check import check
from grader.kit.expect import first_generation_from_init, right_number_of_calls
from grader.kit.student import Student
from grader.kit.trial import Trial, parallel_trial, seed_from, trial


@check("4.4", "Generation 0", points=1)
def test_generation_0_comes_from_init(student: Student, rng: np.random.Generator) -> None:
    """Generation 0 is pop_size members, each from a call of its own of init(rng=rng)."""
    first_generation_from_init(parallel_trial(student, rng))


@check("4.5", "The numbers in history", points=1)
def test_history_holds_every_fitness_in_order(student: Student, rng: np.random.Generator) -> None:
    """Row g of history is the fitness of each member of generation g, in the population's order."""
    history_keeps_the_order(parallel_trial(student, rng))


@check("4.6", "The parent of every generation", points=1)
def test_each_generation_descends_from_the_fittest(student: Student, rng: np.random.Generator) -> None:
    """Every generation lies around the fittest of the last one or the fittest so far, in a long run and at sigma 0."""
    parent_is_the_fittest(main := parallel_trial(student, rng))
    if not more_workers_than_processes(main):  # then a long run costs too many processes
        parent_is_the_fittest(long_trial(student, rng))
        for lottery in ended(lottery_trial(student, rng)):
            parent_is_the_fittest(lottery)
        still_parent_is_the_fittest(still_trial(student, rng))


@check("4.7", "Children that differ", points=1)
def test_each_child_is_a_draw_of_its_own(student: Student, rng: np.random.Generator) -> None:
    """Each member is a draw of its own, and each generation draws anew."""
    children_are_draws_of_their_own(main := parallel_trial(student, rng))
    if not more_workers_than_processes(main):
        for lottery in ended(lottery_trial(student, rng)):
            children_are_draws_of_their_own(lottery)


@check("4.8", "The spread of the children", points=1)
def test_children_spread_by_the_given_sigma(student: Student, rng: np.random.Generator) -> None:
    """Children spread by sigma around their parent, for sigmas of 0.5 and 0, the default of 1, and in a long run."""
    main, default = parallel_trial(student, rng), default_trials(student, rng)[0]
    children_spread_by_sigma([main, default])
    if more_workers_than_processes(main):
        return  # a process a member may cost more than a long run has
    long, still = long_trial(student, rng), still_trial(student, rng)
    children_spread_by_sigma([long, *ended(lottery_trial(student, rng))])
    if len(main.run.calls) == main.generations * main.pop_size:  # else another check has said so
        right_number_of_calls(long)
        if still.seen.fault is None:
            right_number_of_calls(still)
    children_repeat_their_parent(still)


@check("4.9", "The best that is returned", points=1)
def test_best_is_the_fittest_member(student: Student, rng: np.random.Generator) -> None:
    """The first value returned is the fittest member of the last generation, or of all."""
    best_is_the_fittest(main := parallel_trial(student, rng))
    if not more_workers_than_processes(main):
        for lottery in ended(lottery_trial(student, rng)):
            best_is_the_fittest(lottery)


@check("4.10", "on_generation", points=1)
def test_on_generation_is_called_after_each_select(student: Student, rng: np.random.Generator) -> None:
    """on_generation(generation, best, results) is called once a generation, after select, and changes nothing else."""
    watched = watched_trial(student, rng)
    on_generation_is_called(watched, in_order=False)
    results_are_in_history_s_order(watched)

    def again() -> Trial:
        return with_processes(student, watched, watched.asked["processes"])

    main = parallel_trial(student, rng)
    if not more_workers_than_processes(main):
        on_generation_is_called(lottery_trial(student, rng), in_order=False)
    as_serial = main.seen.fault is None and not difference(main.run, model_twin(main).run)
    watching_changes_nothing(watched, model_twin(watched) if as_serial else again(), again)


@check("4.11", "The same result as evolve_serial", points=2)
def test_it_returns_what_evolve_serial_returns(student: Student, rng: np.random.Generator) -> None:
    """With the same seed it returns what evolve_serial returns, whatever the number of processes and the global state.

    Where the submission has no stage 3 that works: the same from two calls and from other numbers of processes.
    """
    first = parallel_trial(student, rng)
    others = [seen for seen in (spawn_trial(student, rng), forkserver_trial(student, rng)) if seen.seen.fault is None]

    def again(seen: Trial, processes: int) -> Trial:
        student.seed_global(seed_from(rng))
        return with_processes(student, seen, processes)

    returns_what_serial_returns(student, [first, *others], again)


@check("4.19", "Other seeds and no seed", points=0.5)
def test_other_seeds_and_none_give_other_runs(student: Student, rng: np.random.Generator) -> None:
    """Another seed gives another run, and so do two calls without a seed."""
    one, two = default_trials(student, rng)

    def once_more() -> Trial:
        return trial(student, PARALLEL, one.problem, start_method=USUAL, **one.asked)

    main, other, far = parallel_trial(student, rng), forkserver_trial(student, rng), spawn_trial(student, rng)
    seeded = [("another seed", main, other), (SAME_DIGITS, main, far)]
    if not more_workers_than_processes(main):
        seeded.append(("another seed", main, long_trial(student, rng)))
    pairs = [pair for pair in seeded if pair[2].seen.fault is None]  # the start methods have checks of their own
    other_runs([("another seed", main, one), *pairs, ("a call without a seed", one, two)], once_more)


@check("4.20", "A fitness that improves", points=0.5)
def test_fitness_improves_in_both_environments(student: Student, rng: np.random.Generator) -> None:
    """After six generations members stand 80 of 120 steps in CartPole, and earn -1.1 in MountainCarContinuous."""
    _improves(student, rng, CartPole, spawn_trial(student, rng))
    _improves(student, rng, MountainCar, forkserver_trial(student, rng))


def _improves(
    student: Student, rng: np.random.Generator, kind: type[CartPole] | type[MountainCar], first: Trial
) -> None:
    def run(number: int) -> Trial:
        return first if not number and first.seen.fault is None else environment_trial(student, rng, kind)

    improves(run, lambda seen: last_mean(seen, kind.passes_at), 1, f"a mean of {kind.passes_at:g} in the last one")
