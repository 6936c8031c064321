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


def returns_what_serial_returns(student: Student, trials: list[Trial], again: Callable[[int], Trial]) -> None:
    """Fail unless each run returns what evolve_serial returns with the same arguments.

    Equal to the model's or to the student's own suffices. Without an own that works: the same from two calls and
    from other numbers of processes.

    Args:
        student: stage 4, which can give its stage 3.
        trials: runs with a seed.
        again: makes the first run again with another number of processes.
    """
    two_values(trials[0])
    children_of(trials[0])
    apart = [difference(seen.run, model_twin(seen).run) for seen in trials]
    if not any(apart):
        return
    if not apart[0]:
        seen, differs = next((seen, words) for seen, words in zip(trials, apart, strict=True) if words)
        fail(
            f"{seen.called} and evolve_serial with the same arguments",
            "two results that differ, where with another seed they agree",
            "the same (best, history) from both, for every seed",
            differs=differs,
            look="What becomes of seed before the Generator is made from it.",
        )
    own = _working_serial(student, trials[0])
    if own is None or any(difference(seen.run, serial_twin(own, seen).run) for seen in trials):
        _same_again(trials[0], again(trials[0].asked["processes"]), "made twice")
    if own is None:
        _same_again(trials[0], again(2), "and again with processes=2")
        return
    for seen in trials:
        if differs := difference(seen.run, serial_twin(own, seen).run):
            fail(
                f"{seen.called} and evolve_serial with the same arguments",
                "two results that differ",
                "the same (best, history) from both",
                differs=differs,
                look="In which order the random numbers are drawn: as in stage 3, and all in one process.",
                facts={"serial": "differs"},
            )


def _same_again(first: Trial, second: Trial, words: str) -> None:
    """Fail where a second run with the same seed gives another result."""
    if differs := difference(first.run, second.run):
        fail(
            f"{first.called}, {words}",
            "two results that differ",
            "the same (best, history) for the same seed, whatever the number of processes",
            differs=differs,
            look="The Generator that is made from seed, and everything that draws: init and sample_params.",
            facts={
                "again": "differs",
                "members": "same" if common_draws(first, second) else "differ",
                "noise": "same" if common_noise(first, second) else "differs",
            },
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
