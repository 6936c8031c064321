"""Whether evolve_parallel returns what evolve_serial returns: the model's, the student's own, or at least itself."""

from collections.abc import Callable

from ..kit.expect import (
    first_generation_from_init,
    history_has_its_shape,
    history_holds_every_fitness,
    right_number_of_calls,
    two_values,
)
from ..kit.message import CheckFailed, fail
from ..kit.student import Student
from ..kit.trial import Trial
from .evolution_checks import children_are_draws_of_their_own, children_of, children_spread_by_sigma
from .sameness import common_draws, common_noise, difference
from .selection_checks import best_is_the_fittest, parent_is_the_fittest
from .stage4_trials import model_twin, serial_twin


def returns_what_serial_returns(student: Student, trials: list[Trial], again: Callable[[Trial, int], Trial]) -> None:
    """Fail unless each run returns what evolve_serial returns with the same arguments.

    Equal to the model's or to the student's own suffices, for each run by itself: a run whose parent is the fittest so
    far may be the model's by chance. Without an own that works: the same from two calls and from other numbers of
    processes.

    Args:
        student: stage 4, which can give its stage 3.
        trials: runs with a seed.
        again: makes a run again with a number of processes.
    """
    two_values(trials[0])
    children_of(trials[0])
    others = [seen for seen in trials if difference(seen.run, model_twin(seen).run)]
    if not others:
        return
    own = _working_serial(student, trials[0])
    apart = [difference(seen.run, serial_twin(own, seen).run) for seen in others] if own is not None else []
    if own is not None and not any(apart):
        return
    for seen in others:
        _same_again(seen, again(seen, seen.asked["processes"]), "made twice", seen is trials[0])
    if own is None:
        _same_again(others[0], again(others[0], 2), "and again with processes=2", others[0] is trials[0])
        return
    seen, differs = next((seen, differs) for seen, differs in zip(others, apart, strict=True) if differs)
    fail(
        f"{seen.called} and evolve_serial with the same arguments",
        "two results that differ",
        "the same (best, history) from both",
        differs=differs,
        look="In which order the random numbers are drawn: as in stage 3, and all in one process.",
        facts={"serial": "differs"},
    )


def _same_again(first: Trial, second: Trial, words: str, usual: bool) -> None:
    """Fail where a second run with the same seed gives another result; no slip does so for an unusual seed alone."""
    if differs := difference(first.run, second.run):
        facts = {
            "again": "differs",
            "members": "same" if common_draws(first, second) else "differ",
            "noise": "same" if common_noise(first, second) else "differs",
        }
        fail(
            f"{first.called}, {words}",
            "two results that differ",
            "the same (best, history) for the same seed, whatever the number of processes",
            differs=differs,
            look="The Generator that is made from seed, and everything that draws: init and sample_params.",
            facts=facts if usual else {},
        )


def _working_serial(student: Student, like: Trial) -> Student | None:
    """Return the submission's own stage 3, None where there is none that works."""
    own = student.stage(3)
    if own is None:
        return None
    try:
        first, second = serial_twin(own, like), serial_twin(own, like)
        for holds in (right_number_of_calls, first_generation_from_init, history_has_its_shape):
            holds(first)
        history_holds_every_fitness(first)
        parent_is_the_fittest(first)
        children_are_draws_of_their_own(first)
        children_spread_by_sigma([first])
        best_is_the_fittest(first)
    except CheckFailed:
        return None
    return None if difference(first.run, second.run) else own
