"""Hidden checks of stage 3: history's numbers, selection, the children, and what is returned and reported."""

import numpy as np

from grader.checks.evolution_checks import (
    children_are_draws_of_their_own,
    children_repeat_their_parent,
    children_spread_by_sigma,
)
from grader.checks.sameness import watching_changes_nothing
from grader.checks.selection_checks import (
    best_is_the_fittest,
    on_generation_is_called,
    parent_is_the_fittest,
    still_parent_is_the_fittest,
)
from grader.checks.stage3_trials import (
    crowd_trial,
    ended,
    flat_trial,
    long_trial,
    lottery_trial,
    made_again,
    plain_trial,
    short_trial,
    still_trial,
    unseeded_trials,
    wide_trial,
    zero_trial,
)
from grader.kit.check import check
from grader.kit.expect import history_holds_every_fitness
from grader.kit.student import Student
from grader.kit.trial import main_trial


@check("3.5", "The numbers in history", points=2)
def test_history_holds_every_fitness_in_order(student: Student, rng: np.random.Generator) -> None:
    """Row g of history is the fitness of each member of generation g, in the population's order."""
    main, square = main_trial(student, rng), plain_trial(student, rng)
    later = long_trial(student, rng), lottery_trial(student, rng), crowd_trial(student, rng)
    shape = getattr(main.run.history, "shape", ())
    turned = shape == (main.pop_size, main.generations)  # which the check of the shape asks for
    for one in (main, *ended(*later), *([] if turned else ended(square))):
        history_holds_every_fitness(one)


@check("3.6", "The parent of every generation", points=3)
def test_each_generation_descends_from_the_fittest(student: Student, rng: np.random.Generator) -> None:
    """Every generation lies around the fittest of the last one or the fittest so far.

    On a slope, in a long run, where fitness rises and falls, where it differs by little, among many, and at sigma 0.
    """
    later = lottery_trial(student, rng), plain_trial(student, rng), crowd_trial(student, rng)
    for one in (main_trial(student, rng), long_trial(student, rng), *ended(*later)):
        parent_is_the_fittest(one)
    still_parent_is_the_fittest(still_trial(student, rng))


@check("3.7", "Children that differ", points=2)
def test_each_child_is_a_draw_of_its_own(student: Student, rng: np.random.Generator) -> None:
    """Each member is a draw of its own, and each generation draws anew, of many members and of equally fit ones too."""
    usual = lottery_trial(student, rng), unseeded_trials(student, rng)[0], zero_trial(student, rng)
    even = crowd_trial(student, rng), flat_trial(student, rng)
    for one in (main_trial(student, rng), long_trial(student, rng), *ended(*usual, *even)):
        children_are_draws_of_their_own(one)


@check("3.8", "The spread of the children", points=3)
def test_children_spread_by_the_given_sigma(student: Student, rng: np.random.Generator) -> None:
    """Children spread by sigma around their parent, for sigmas of 0.5, 2 and 0, the default of 1, and in a long run.

    Also where members are many, or equally fit.
    """
    short = main_trial(student, rng), wide_trial(student, rng), unseeded_trials(student, rng)[0]
    later = lottery_trial(student, rng), crowd_trial(student, rng), flat_trial(student, rng)
    children_spread_by_sigma([*short, long_trial(student, rng), *ended(*later)])
    children_repeat_their_parent(still_trial(student, rng))


@check("3.9", "The best that is returned", points=2)
def test_best_is_the_fittest_member(student: Student, rng: np.random.Generator) -> None:
    """The first value returned is the fittest member of the last generation, or of all."""
    watched = lottery_trial(student, rng), plain_trial(student, rng)
    for one in (main_trial(student, rng), long_trial(student, rng), short_trial(student, rng), *ended(*watched)):
        best_is_the_fittest(one)


@check("3.10", "on_generation", points=2)
def test_on_generation_is_called_after_each_select(student: Student, rng: np.random.Generator) -> None:
    """on_generation(generation, best, results) is called once a generation, after select, and changes nothing else."""
    plain = plain_trial(student, rng)
    watched, again = (made_again(student, plain, watch=True) for _ in range(2))
    for one in (watched, again, lottery_trial(student, rng)):
        on_generation_is_called(one)
    watching_changes_nothing(watched, plain, lambda: made_again(student, plain))
