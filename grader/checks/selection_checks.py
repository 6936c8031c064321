"""What stages 3 and 4 ask of selection in one trial: the parent, the best that is returned, and on_generation."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kit.describe import describe, first_difference
from ..kit.expect import order_word, two_values
from ..kit.message import Facts, fail
from ..kit.plain import numbers
from ..kit.run import FitnessCall, GenerationCall
from ..kit.trial import Trial, same
from .evolution_checks import children_of
from .evolution_log import BEST, MEMBER, Brood, fittest, matrices

PARENT_WORDS = {
    MEMBER: "a member of the generation before that is not its fittest",
    "the fittest of generation 0": "the fittest of generation 0, still",
    "an older member": "a member of an older generation that is not the fittest so far",
    "each its own": "each a member of its own of the generation before",
    "the mean": "the mean of the generation before",
    "several": "several members of the generation before",
    "one after another": "its own members, each around the one before it",
    "init": "nothing: they are new members from init",
    "no child": "nothing: every member is an old one",
    "nothing": "no member that was tested before",
}


def parent_is_the_fittest(trial: Trial) -> None:
    """Fail unless every generation lies around the fittest of the last one or of all before it.

    False alarm: below 2e-12 a generation (evolution_log.broods).
    """
    wrong = [brood for brood in children_of(trial) if brood.origin not in (BEST, "no child")]
    idle = [brood for brood in children_of(trial) if brood.origin == "no child"]
    if not wrong and not idle:
        return
    first = (wrong or idle)[0]
    fail(
        trial.called,
        f"generation {first.generation} lies around {PARENT_WORDS[first.origin]}",
        "every member drawn around the fittest member of the generation before (or the fittest so far)",
        look="Which member is handed to sample_params, and how it was found among the results.",
        facts=_parent_facts(trial, wrong),
    )


def still_parent_is_the_fittest(trial: Trial) -> None:
    """Fail where, at sigma 0, a generation of copies is one of another member than the fittest.

    Copies of nothing that was tested, and children that differ, are another check's.
    """
    members = (matrices(trial) if trial.seen.fault is None else None) or []
    for generation in range(1, len(members)):
        own, values = members[generation], [np.array(row) for row in trial.values[:generation]]
        right = np.isclose(own[0], fittest(values, members[:generation]), rtol=1e-9, atol=1e-9).all(axis=1).any()
        if (own == own[0]).all() and not right:
            fail(
                trial.called,
                f"generation {generation} is copies of a member that is not the fittest of the generation before",
                "copies of the fittest member of the generation before (or the fittest so far), as sigma is 0",
                look="Which member is handed to sample_params where sigma is 0.",
                facts={"parent": "at sigma 0"},
            )


def _parent_facts(trial: Trial, wrong: Sequence[Brood]) -> Facts:
    """Return one word for all parents that are not the fittest, nothing where none fits."""
    word = wrong[0].origin if wrong else "no child"
    if word == MEMBER:
        fronts = ("the first member", "the last member", "the least fit")
        found = [name for axis, name in enumerate(fronts) if all(brood.places[axis] == 0 for brood in wrong)]
        found = found if len(wrong) > 1 else []  # one alone may be there by chance
        poor = any(brood.places[2] < trial.pop_size // 2 for brood in wrong)  # a choice by fitness is seldom that bad
        single = all(brood.origin == MEMBER for brood in wrong)
        word = "nothing" if not single else found[0] if found else "any member" if poor else "nothing"
    if word == "nothing":
        return {}
    return {"parent": word, "best": _place_of_best(trial)}


def best_is_the_fittest(trial: Trial) -> None:
    """Fail unless the first value returned is the fittest member of the last generation or of all."""
    best, _ = two_values(trial)
    place = _place_of_best(trial)
    if place != "right":
        fail(
            trial.called,
            f"best is {PLACE_WORDS.get(place, describe(best))}",
            "the params of the fittest member of the last generation (or of all)",
            look="Which variable is returned, and when it was last set.",
            facts={"best": place, "generations more": len(trial.rows) - trial.generations},
        )


PLACE_WORDS = {
    "untested": "a member that was never tested",
    "the least fit": "the least fit member of the last generation",
    "another member": "a member of the last generation that is not its fittest",
    "the first member": "the first member of the last generation, not its fittest",
    "the last member": "the last member of the last generation, not its fittest",
    "the fittest of generation 0": "the fittest member of generation 0",
    "the fittest of the one before the last": "the fittest member of the generation before the last",
    "an older member": "a member of an older generation that was not the fittest",
}


def _place_of_best(trial: Trial) -> str:
    """Return a word for what the returned best is, "right" for a right one."""
    best, rows = trial.run.best, trial.rows
    if trial.flat(best) is None or not rows:
        return f"a {type(best).__name__}"
    if not any(same(call.params, best) for row in rows for call in row):
        return "untested"
    if same_as_fittest(best, rows[-1]) or same_as_fittest(best, [call for row in rows for call in row]):
        return "right"
    places = [place for place, call in enumerate(rows[-1]) if same(call.params, best)]
    if places:
        values = trial.values[-1]
        if values[places[0]] == min(values):
            return "the least fit"
        return {0: "the first member", len(values) - 1: "the last member"}.get(places[0], "another member")
    if same_as_fittest(best, rows[0]):
        return "the fittest of generation 0"
    return "the fittest of the one before the last" if same_as_fittest(best, rows[-2]) else "an older member"


def same_as_fittest(best: Any, calls: Sequence[FitnessCall]) -> bool:
    """Return whether best equals a call's params whose value is the highest."""
    highest = max((call.value for call in calls if call.value is not None), default=None)
    return any(call.value == highest and same(call.params, best) for call in calls)


def on_generation_is_called(trial: Trial, *, in_order: bool = True) -> None:
    """Fail unless on_generation came once a generation, after select, with its number, the best and the results."""
    calls = trial.run.generations
    expected = f"on_generation called {trial.generations} times, once after each select"
    facts: dict[str, Hashable] = {}
    if len(calls) != trial.generations:
        times = "never" if not calls else "more" if len(calls) > trial.generations else "less"
        after = len(calls) == 1 and calls[0].fitness_calls_before == trial.generations * trial.pop_size
        facts = {
            "on_generation": "once at the end" if after else times,
            "tests": len(trial.run.calls) - trial.generations * trial.pop_size,
        }
        fail(trial.called, f"{len(calls)} calls of on_generation", expected, look=ON_LOOK, facts=facts)
    rows, size = trial.rows, trial.pop_size
    for place, call in enumerate(calls):
        wrong = _wrong_call(trial, place, call, in_order)
        if wrong:
            word, kind, returned = wrong
            later = call.fitness_calls_before - (place + 1) * size
            when = "in time" if not later else "early" if later < 0 else "late"
            facts = {"on_generation": word, "kind": kind, "when": when, "best": _place_of_best(trial)} if kind else {}
            fail(trial.called, returned, WATCH_WORDS[word], look=ON_LOOK, facts=facts)
    if len(rows) >= trial.generations and len(trial.run.calls) == trial.generations * size:
        for place, call in enumerate(calls):
            if call.fitness_calls_before != (place + 1) * size:
                returned = f"call {place} of on_generation after {call.fitness_calls_before} calls of fitness"
                at_the_end = all(one.fitness_calls_before == len(trial.run.calls) for one in calls)
                facts = {"on_generation": "at the end"} if at_the_end else {}
                fail(trial.called, returned, f"after {(place + 1) * size} calls of fitness", look=ON_LOOK, facts=facts)


ON_LOOK = "Where in the loop on_generation is called, and with which three arguments."
WATCH_WORDS = {
    "generation": "the generation's number, from 0",
    "best": "best: the params that select has just found",
    "results": "results: the fitness of each member, in the order of the population",
}


def _wrong_call(trial: Trial, place: int, call: GenerationCall, in_order: bool) -> tuple[str, str, str] | None:
    """Return which argument of one call is wrong, a word for what it is ("" where none is known), and a sentence."""
    number = call.generation
    if isinstance(number, bool) or not isinstance(number, (int, np.integer)) or number != place:
        kind = "one more" if type(number) is int and number == place + 1 else ""
        return "generation", kind, f"call {place} of on_generation with generation = {describe(number)}"
    if place >= len(trial.rows):
        return None
    got, seen = _numbers(call.results), np.asarray(trial.values[place])
    if got is None:
        return "results", type(call.results).__name__, f"results is {describe(call.results)}"
    differs = first_difference(got, seen)
    if differs and (in_order or first_difference(np.sort(got), np.sort(seen))):
        kind = order_word(got, list(seen), trial.values)
        return "results", kind, f"results of generation {place} are not what fitness answered: {differs}"
    row, before = trial.rows[place], [one for earlier in trial.rows[: place + 1] for one in earlier]
    if not (same_as_fittest(call.best, row) or same_as_fittest(call.best, before)):
        params = trial.flat(call.best) is not None
        late = place > 0 and same_as_fittest(call.best, trial.rows[place - 1])
        kind = ("the one before" if late or not place else "") if params else type(call.best).__name__
        words = "params that are not the fittest" if params else describe(call.best)
        return "best", kind, f"best in generation {place} is {words}"
    return None


def _numbers(results: Any) -> NDArray[np.float64] | None:
    """Return results as an array, None where they are no sequence of numbers."""
    found = numbers(results) if isinstance(results, (list, tuple, np.ndarray)) else None
    return found if found is not None and found.ndim == 1 else None
